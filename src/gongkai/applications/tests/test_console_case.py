"""The case's page: who sees what, and that every look is written down."""

import pytest
from django.utils import timezone

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of
from gongkai.agencies.tests.factories import make_agency
from gongkai.applications import rules
from gongkai.applications.choices import Stage
from gongkai.applications.files import Prepared
from gongkai.applications.models import Case
from gongkai.applications.services import asking, handling
from gongkai.applications.services.asking import Consulted
from gongkai.applications.tests.desks import at, clerk_of, do, now
from gongkai.applications.tests.factories import PDF, Desk
from gongkai.audit.models import Event

pytestmark = pytest.mark.django_db

SECRETS = ("柳青河", "35012119851102123X", "13800138000", "北门路")
SCAN = Prepared("application", "柳青河的申请.pdf", "application/pdf", PDF)


def looks() -> list[str]:
    verbs = ("case.person_shown", "case.file_opened", "case.letter_opened")
    return list(Event.objects.filter(verb__in=verbs).values_list("verb", flat=True))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_the_page_masks_the_applicant(desk: Desk) -> None:
    case = desk.case(files=[SCAN])
    page = clerk_of(desk).get(at("case", case)).content.decode()
    assert case.number in page
    assert "柳**" in page
    assert "2024 年度退耕还林" not in page
    for secret in SECRETS:
        assert secret not in page
    assert looks() == []


def test_show_opens_the_applicant_once_and_is_written_down(desk: Desk) -> None:
    case, clerk = desk.case(), clerk_of(desk)
    shown = clerk.post(at("show", case))
    page = shown.content.decode()
    assert "柳青河" in page
    assert "2024 年度退耕还林补助发放明细" in page
    assert "no-store" in shown.headers["Cache-Control"]
    assert looks() == ["case.person_shown"]
    assert "柳青河" not in clerk.get(at("case", case)).content.decode()
    assert clerk.get(at("show", case)).status_code == 405


def test_a_file_is_opened_whole_with_safe_headers_and_written_down(desk: Desk) -> None:
    case = desk.case(files=[SCAN])
    file = case.files.get()
    answer = clerk_of(desk).get(at("file", case, file.public_id))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert looks() == ["case.file_opened"]


def test_the_receipt_has_number_and_query_code(desk: Desk) -> None:
    receipts = desk.receive("甲事项", "乙事项")
    page = clerk_of(desk).get(at("receipt", receipts[0].case)).content.decode()
    for receipt in receipts:
        assert receipt.number in page
        assert receipt.query_code in page
    assert looks() == ["case.person_shown"] * 2


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.SECRECY_REVIEWER])
def test_who_only_checks_sees_the_case_and_no_person(desk: Desk, role: Role) -> None:
    case = desk.case(files=[SCAN])
    reader = client_of(desk.agency, role)
    page = reader.get(at("case", case)).content.decode()
    assert case.number in page
    assert "柳" not in page
    file = at("file", case, case.files.get().public_id)
    assert reader.post(at("show", case)).status_code == 403
    assert reader.get(at("receipt", case)).status_code == 403
    assert reader.get(file).status_code == 403
    assert looks() == []


def test_an_office_above_reads_the_case_without_its_person() -> None:
    root = make_agency()
    desk = Desk(make_agency(parent=root))
    case, above = desk.case(), client_of(root, Role.OGI_OFFICE)
    page = above.get(at("case", case)).content.decode()
    assert "柳" not in page
    assert above.post(at("show", case)).status_code == 403
    assert above.get(at("act", case, "withdraw")).status_code == 403


def test_a_sibling_finds_nothing_and_the_administrator_is_refused(desk: Desk) -> None:
    case, sibling = desk.case(), client_of(make_agency(), *Role)
    for name in ("case", "show", "receipt"):
        method = sibling.post if name == "show" else sibling.get
        assert method(at(name, case)).status_code == 404
    administrator = client_of(desk.agency, Role.ADMINISTRATOR)
    assert administrator.get(at("case", case)).status_code == 403


def test_the_side_offers_what_is_allowed_and_says_why_not_the_rest(desk: Desk) -> None:
    case = desk.case()
    answer = clerk_of(desk).get(at("case", case))
    offered = {offer.url.split("/")[-2] for offer in answer.context["offers"]}
    assert offered == {
        *("take_up", "assign", "ask_section", "ask_correction"),
        *("withdraw", "join", "reply", "advise_transfer"),
    }
    assert all(choice.why_not for choice in answer.context["closed"])


def test_what_the_case_waits_for_stands_first(desk: Desk) -> None:
    case = desk.case(channel="letter")
    clerk = clerk_of(desk)

    def first() -> str:
        offer = clerk.get(at("case", case)).context["offers"][0]
        assert offer.style == ""
        return str(offer.url.split("/")[-2])

    assert first() == "confirm"
    handling.confirm(actor=desk.clerk, case=case, on=case.received_on)
    assert first() == "take_up"
    handling.take_up(actor=desk.clerk, case=case)
    assert first() == "reply"
    party = Consulted("某社", question="同意？")
    asked = asking.consult(actor=desk.clerk, case=case, of="third_party", party=party)
    assert first() == "third_party_received"
    asking.consulted_received(actor=desk.clerk, asked=asked, on=timezone.localdate())
    assert first() == "third_party_opinion"


def test_a_purged_case_still_opens(desk: Desk) -> None:
    case = desk.case(files=[SCAN])
    Case.objects.filter(pk=case.pk).update(data_key=None)
    clerk = clerk_of(desk)
    assert clerk.get(at("case", case)).status_code == 200
    assert clerk.post(at("show", case)).status_code == 200
    file = at("file", case, case.files.get().public_id)
    assert clerk.get(file).status_code == 404


def test_a_purged_case_is_ended_and_nothing_else(desk: Desk) -> None:
    case, clerk = desk.case(received_on=timezone.localdate()), clerk_of(desk)
    handling.take_up(actor=desk.clerk, case=case)
    Case.objects.filter(pk=case.pk).update(data_key=None)
    purged, today = now(case), timezone.localdate()
    choices = rules.choices_for(purged, desk.clerk, today)
    assert [one.transition.name for one in choices if one.is_allowed] == ["withdraw"]
    typed = {"on": today.isoformat(), "party": "某社", "text": "同意？"}
    assert do(clerk, case, "consult_third_party", **typed).status_code == 200
    assert do(clerk, case, "withdraw", on=today.isoformat()).status_code == 302
    assert now(case).stage == Stage.WITHDRAWN
