"""Not for this organ: the applicant is told whose it is (Art. 36(5))."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.applications import notices
from gongkai.applications.choices import Stage
from gongkai.applications.exceptions import BadInput
from gongkai.applications.models import Case
from gongkai.applications.services import handling
from gongkai.applications.tests.desks import at, clerk_of, do, now
from gongkai.applications.tests.factories import Desk

pytestmark = pytest.mark.django_db

ORGAN, CONTACT, REASON = "省自然资源厅", "0591-87654321", "征地批复由省级机关制作。"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def begun(desk: Desk, **told: object) -> Case:
    received_on = timezone.localdate() - timedelta(days=3)
    case = desk.case(received_on=received_on, **told)
    handling.take_up(actor=desk.clerk, case=case)
    return case


@pytest.mark.parametrize(
    ("regime", "result", "article"),
    [("2019", "N1", "第三十六条第（五）项"), ("2008", "3.3.5", "第二十一条第（三）项")],
)
def test_the_letter_names_the_organ_and_ends_the_case(
    desk: Desk, regime: str, result: str, article: str
) -> None:
    case = begun(desk, regime=regime)
    act = handling.advise_transfer(
        actor=desk.clerk, case=case, party=ORGAN, contact=CONTACT, text=REASON
    )
    case = now(case)
    assert (case.stage, case.result) == (Stage.REPLIED, result)
    assert case.replied_on == case.closed_on == timezone.localdate()
    letter = act.notices.get()
    assert letter.to_applicant
    text = notices.read(letter)
    for words in (ORGAN, CONTACT, REASON, article, "行政复议"):
        assert words in text


def test_the_clerk_advises_on_a_page_of_its_own(desk: Desk) -> None:
    case, clerk = begun(desk), clerk_of(desk)
    page = clerk.get(at("act", case, "advise_transfer"))
    assert page.context["consequences"]
    day = timezone.localdate().isoformat()
    typed = {"on": day, "party": ORGAN, "contact": CONTACT, "text": REASON}
    assert do(clerk, case, "advise_transfer", **typed).status_code == 302
    assert now(case).result == "N1"


@pytest.mark.parametrize("missing", ["party", "text"])
def test_organ_and_reason_are_needed(desk: Desk, missing: str) -> None:
    case = begun(desk)
    told: dict[str, Any] = {"party": ORGAN, "text": REASON, missing: " "}
    with pytest.raises(BadInput) as refused:
        handling.advise_transfer(actor=desk.clerk, case=case, **told)
    assert refused.value.field == missing
    assert now(case).is_open
