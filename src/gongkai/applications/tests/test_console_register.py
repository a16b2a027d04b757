"""Registering at the desk: typed, checked for repeats, numbered once, receipt."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of
from gongkai.agencies.tests.factories import make_agency
from gongkai.applications.models import Case
from gongkai.applications.persons import open_case
from gongkai.applications.tests.desks import NEW, clerk_of, now
from gongkai.applications.tests.factories import PDF, Desk
from gongkai.items.tests.factories import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


def typed(step: str, **changes: Any) -> dict[str, Any]:
    told = {
        "step": step,
        "once": "token-1",
        "matters": "1",
        "channel": "in_person",
        "received_on": timezone.localdate().isoformat(),
        "kind": "natural_person",
        "name": "柳青河",
        "identity_kind": "resident_id",
        "identity_no": "35012119851102123X",
        "phone": "13800138000",
        "manner": "paper",
        "route": "post",
        "matter0-subject": "退耕还林补助发放明细",
        "matter0-description": "2024 年度",
    }
    return {**told, **changes}


def test_what_is_typed_is_checked_then_registered(desk: Desk) -> None:
    clerk = clerk_of(desk)
    checked = clerk.post(NEW, typed("check"))
    assert checked.context["due_on"] is not None
    assert Case.objects.count() == 0
    scan = SimpleUploadedFile("申请.pdf", PDF)
    done = clerk.post(NEW, typed("register", scan=scan))
    case = Case.objects.get()
    assert done.headers["Location"].endswith(f"/{case.pk}/receipt/")
    assert case.due_on == checked.context["due_on"]
    assert open_case(case).wanted.description == "2024 年度"
    assert [file.kind for file in case.files.all()] == ["application"]
    assert (
        open_case(case).query_code
        in clerk.get(done.headers["Location"]).content.decode()
    )


def test_a_double_click_makes_one(desk: Desk) -> None:
    clerk = clerk_of(desk)
    first, second = (clerk.post(NEW, typed("register")) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.count() == 1
    clerk.post(NEW, typed("register", once="token-2"))
    assert Case.objects.count() == 2


def test_several_matters_become_several_cases(desk: Desk) -> None:
    clerk = clerk_of(desk)
    more = clerk.post(NEW, typed("add"))
    assert len(more.context["matters"]) == 2
    assert more.context["form"]["name"].value() == "柳青河"
    two = {"matters": "3", "matter1-subject": "征地补偿标准", "matter2-subject": ""}
    clerk.post(NEW, typed("register", **two))
    cases = Case.objects.order_by("pk")
    assert [case.subject for case in cases] == ["退耕还林补助发放明细", "征地补偿标准"]
    assert len({case.paper_id for case in cases}) == 1


def test_the_same_person_and_much_the_same_matter_is_shown(desk: Desk) -> None:
    earlier = desk.case(received_on=timezone.localdate() - timedelta(days=9))
    other = desk.receive("会议纪要", received_on=earlier.received_on)[0].case
    page = clerk_of(desk).post(NEW, typed("check"))
    shown = [(one.case.pk, one.is_alike) for one in page.context["earlier"]]
    assert shown == [(earlier.pk, True), (other.pk, False)]
    clerk_of(desk).post(NEW, typed("register"))
    assert Case.objects.latest("pk").flag == "repeat"


def test_another_agency_s_cases_are_not_shown(desk: Desk) -> None:
    Desk().case()
    assert clerk_of(desk).post(NEW, typed("check")).context["earlier"] == []


def test_what_is_published_and_answers_is_shown(desk: Desk) -> None:
    Office(desk.agency).published(title="退耕还林补助发放明细公示")
    page = clerk_of(desk).post(NEW, typed("check"))
    ((subject, rows),) = page.context["answers"]
    assert rows[0].title == "退耕还林补助发放明细公示"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "network"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"received_on": "2999-01-01"}, "received_on"),
        ({"received_on": "gestern"}, "received_on"),
        ({"kind": "cat"}, "kind"),
        ({"name": " "}, "name"),
        ({"email": "liu"}, "email"),
        ({"channel": "letter", "confirmed_on": "2000-01-01"}, "confirmed_on"),
        ({"confirmed_on": "TODAY"}, "confirmed_on"),
    ],
)
def test_bad_input_comes_back_at_its_field(
    desk: Desk, changes: dict[str, str], field: str
) -> None:
    changes = {
        name: timezone.localdate().isoformat() if value == "TODAY" else value
        for name, value in changes.items()
    }
    page = clerk_of(desk).post(NEW, typed("register", **changes))
    assert field in page.context["form"].errors
    assert page.context["matters"][0]["subject"].value() == "退耕还林补助发放明细"
    assert Case.objects.count() == 0


def test_a_matter_without_a_subject_and_a_bad_scan_are_named(desk: Desk) -> None:
    clerk = clerk_of(desk)
    page = clerk.post(NEW, typed("register", **{"matter0-subject": ""}))
    assert "subject" in page.context["matters"][0].errors
    scan = SimpleUploadedFile("a.exe", b"MZ\x90\0\0")
    page = clerk.post(NEW, typed("register", scan=scan))
    assert "a.exe" in page.context["form"].errors["scan"][0]
    assert Case.objects.count() == 0


def test_a_letter_waits_for_its_confirmation(desk: Desk) -> None:
    clerk = clerk_of(desk)
    page = clerk.post(NEW, typed("check", channel="letter"))
    assert page.context["due_on"] is None
    clerk.post(NEW, typed("register", channel="letter"))
    case = Case.objects.get()
    assert case.due_on is None
    day = timezone.localdate().isoformat()
    clerk.post(f"/console/cases/{case.pk}/do/confirm/", {"on": day})
    assert now(case).due_on is not None


def test_change_brings_everything_back(desk: Desk) -> None:
    page = clerk_of(desk).post(NEW, typed("back"))
    assert page.context["form"]["identity_no"].value() == "35012119851102123X"
    assert page.context["matters"][0]["description"].value() == "2024 年度"
    assert not page.context["refused"]


def test_only_handlers_register_and_only_for_their_agency(desk: Desk) -> None:
    for role in (Role.INSPECTOR, Role.LEADER, Role.ADMINISTRATOR):
        assert client_of(desk.agency, role).get(NEW).status_code == 403
    other = make_agency()
    clerk = clerk_of(desk)
    assert clerk.get(NEW, {"agency": other.slug}).status_code == 404
    answer = clerk.post(f"{NEW}?agency={other.slug}", typed("register"))
    assert answer.status_code == 404
    assert Case.objects.count() == 0


def test_each_channel_says_which_day_counts(desk: Desk) -> None:
    rules = clerk_of(desk).get(NEW).context["rules"]
    assert len(rules) == 6
    assert all(words and article for _channel, words, article in rules)
