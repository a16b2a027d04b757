from datetime import date

import pytest

from gongkai.registry import calendars
from gongkai.registry.models import CalendarDay

pytestmark = pytest.mark.django_db


def test_the_first_version_holds_the_packaged_notices() -> None:
    calendar = calendars.calendar_of(None)
    assert calendars.version() == 1
    assert CalendarDay.objects.count() < 1000
    assert not calendar.is_working(date(2026, 10, 1))
    assert calendar.is_working(date(2026, 10, 10))
    assert calendar.is_announced(date(2026, 12, 31))
    assert not calendar.is_announced(date(2027, 1, 1))
