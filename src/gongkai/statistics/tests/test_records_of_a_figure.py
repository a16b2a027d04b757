import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of
from gongkai.items.tests.factories import Office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["0", "x", "²", "9" * 5000])
def test_a_page_that_does_not_exist_shows_one_that_does(page: str) -> None:
    office = Office()
    office.published()
    form = {"slug": office.agency.slug, "year": timezone.localdate().year}
    answer = client_of(office.agency, Role.CLERK).get(
        reverse("statistics:form", kwargs=form),
        {"cell": "proactive_total", "page": page, "form": "2014"},
    )
    assert len(answer.context["opened"].records) == 1


def test_the_records_export_runs_no_formula() -> None:
    office = Office()
    office.published(title="＝HYPERLINK(1)")
    kwargs = {
        "slug": office.agency.slug,
        "year": timezone.localdate().year,
        "key": "proactive_total",
    }
    address = reverse("statistics:records-csv", kwargs=kwargs)
    text = client_of(office.agency, Role.CLERK).get(address).getvalue().decode()
    assert "'＝HYPERLINK(1)" in text
