"""Each act's page: its form, what it would do, doing it, and what stands against it."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of, said
from gongkai.applications.choices import Stage
from gongkai.applications.exceptions import BadInput
from gongkai.applications.models import Case
from gongkai.applications.services import handling
from gongkai.applications.tests.desks import (
    at,
    clerk_of,
    do,
    errors_of,
    head_of,
    now,
)
from gongkai.applications.tests.factories import PDF, Desk, applicant
from gongkai.applications.transitions import TRANSITIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def begun(desk: Desk, **told: Any) -> Case:
    """Received a few days ago and taken up today."""
    received_on = timezone.localdate() - timedelta(days=3)
    case = desk.case(**{"received_on": received_on, **told})
    handling.take_up(actor=desk.clerk, case=case)
    return now(case)


def reply_file(name: str = "答复书.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_taking_up_is_one_click(desk: Desk) -> None:
    case = desk.case(received_on=timezone.localdate())
    assert do(clerk_of(desk), case, "take_up").status_code == 302
    assert now(case).stage == Stage.IN_REVIEW


def test_a_walk_through_the_desk(desk: Desk, today: date) -> None:
    """Correction, third party, extension, reply, filed: all through the pages."""
    clerk, head, day = clerk_of(desk), head_of(desk), today.isoformat()
    case = begun(desk)
    until = (today + timedelta(days=14)).isoformat()
    walk = [
        (clerk, "ask_section", {"section": "农业科"}),
        (clerk, "ask_correction", {"on": day, "text": "写明年度", "until": until}),
        (clerk, "receive_correction", {"on": day, "text": "2024 年度"}),
        (clerk, "consult_third_party", {"on": day, "party": "某社", "text": "同意？"}),
        (clerk, "third_party_received", {"on": day}),
        (clerk, "third_party_opinion", {"on": day, "answer": "refuses", "text": "不"}),
        (head, "override", {"on": day, "text": "公共利益"}),
        (clerk, "ask_extension", {"days": "10", "text": "检索"}),
        (head, "extend", {"on": day, "days": "10", "text": "检索"}),
    ]
    for client, act, typed in walk:
        answer = do(client, case, act, **typed)
        assert answer.status_code == 302, (act, errors_of(answer))
    section = case.co_handlings.get().pk
    do(clerk, case, "answer_section", co_handling=section, text="有两份")
    do(clerk, case, "reply", on=day, result="R1", reply=reply_file(), reply_no="1号")
    do(clerk, case, "archive")
    case = now(case)
    assert (case.stage, case.result, case.reply_no) == (Stage.ARCHIVED, "R1", "1号")
    assert case.was_extended
    assert case.notices.count() == 5
    page = clerk.get(at("case", case)).content.decode()
    assert "有两份" in page
    for notice in case.notices.all():
        assert clerk.get(at("letter", case, notice.pk)).status_code == 200


@pytest.mark.parametrize(
    ("act", "typed", "field"),
    [
        ("assign", {"handler": "0"}, "handler"),
        ("ask_section", {"section": " "}, "section"),
        ("ask_correction", {"text": "", "on": "2000-01-01", "until": "x"}, "until"),
        ("ask_correction", {"text": "x", "until": "2000-01-01"}, "until"),
        ("ask_reasons", {"text": " "}, "text"),
        ("consult_third_party", {"party": "", "text": "x"}, "party"),
        ("consult_organ", {"party": "某局", "text": ""}, "text"),
        ("ask_extension", {"days": "21", "text": "x"}, "days"),
        ("withdraw", {"on": "2000-01-01"}, "on"),
        ("withdraw", {"on": "2999-01-01"}, "on"),
        ("join", {"into": "0"}, "into"),
        ("reply", {"result": "X9"}, "result"),
        ("reply", {"result": "R1"}, "reply"),
        ("charge", {"basis": "item", "quantity": "0"}, "quantity"),
        ("charge", {"basis": "item", "quantity": "10"}, "quantity"),
        ("charge", {"basis": "weight", "quantity": "40"}, "basis"),
    ],
)
def test_bad_input_stands_at_its_field_and_nothing_is_lost(
    desk: Desk, today: date, act: str, typed: dict[str, str], field: str
) -> None:
    case = begun(desk)
    given = {"on": today.isoformat(), **typed}
    answer = do(clerk_of(desk), case, act, **given)
    assert field in errors_of(answer)
    for name, value in given.items():
        assert answer.context["form"].data[name] == value
    assert now(case).stage == case.stage


@pytest.mark.parametrize(
    ("name", "data"), [("reply.exe", b"MZ\x90\0\0"), ("a.html", b"<html>hello")]
)
def test_a_reply_of_another_type_is_refused(
    desk: Desk, today: date, name: str, data: bytes
) -> None:
    case = begun(desk)
    typed = {"on": today.isoformat(), "result": "D1", "reply": reply_file(name, data)}
    answer = do(clerk_of(desk), case, "reply", **typed)
    assert name in errors_of(answer)["reply"][0]
    assert now(case).is_open


def test_the_new_due_date_is_shown_before_it_is_so(desk: Desk, today: date) -> None:
    case, head = begun(desk), head_of(desk)
    typed = {"on": today.isoformat(), "days": "5", "text": "检索"}
    shown = head.post(
        at("act", case, "extend"),
        {**typed, "preview": "1"},
        headers={"HX-Request": "1"},
    )
    preview = shown.context["preview"]
    assert now(case).due_on == case.due_on == preview.before
    do(head, case, "extend", **typed)
    assert now(case).due_on == preview.after
    assert preview.after > preview.before


def test_the_preview_without_script_keeps_what_was_typed(desk: Desk) -> None:
    case = begun(desk)
    typed = {"on": case.received_on.isoformat(), "text": "年度", "preview": "1"}
    answer = clerk_of(desk).post(at("act", case, "ask_correction"), typed)
    assert answer.context["form"]["text"].value() == "年度"
    assert answer.context["preview"].stops
    assert now(case).stage == Stage.IN_REVIEW


def test_a_late_correction_is_told_in_the_preview(desk: Desk) -> None:
    case = desk.case(received_on=timezone.localdate() - timedelta(days=30))
    answer = clerk_of(desk).get(at("act", case, "ask_correction"))
    assert not answer.context["preview"].stops
    (warning,) = answer.context["preview"].warnings
    assert warning in answer.text


def test_the_head_finds_what_was_asked_for(desk: Desk) -> None:
    case = begun(desk)
    do(clerk_of(desk), case, "ask_extension", days="7", text="要查档案")
    form = head_of(desk).get(at("act", case, "extend")).context["form"]
    assert (form["days"].value(), form["text"].value()) == (7, "要查档案")


def test_the_fee_shows_its_brackets_and_stops_the_clock(
    desk: Desk, today: date
) -> None:
    case, clerk = begun(desk), clerk_of(desk)
    typed = {"on": today.isoformat(), "basis": "volume", "quantity": "101"}
    shown = clerk.post(at("act", case, "charge"), {**typed, "preview": "1"})
    assert "720.00" in shown.context["preview"].fee[-1]
    do(clerk, case, "charge", **typed)
    assert str(now(case).fee.amount_yuan) == "720.00"
    assert now(case).stage == Stage.FEE_PENDING
    assert do(clerk, case, "fee_paid", on=today.isoformat()).status_code == 302


def test_sent_twice_makes_one(desk: Desk, today: date) -> None:
    case, clerk = begun(desk), clerk_of(desk)
    typed = {"on": today.isoformat(), "party": "甲", "text": "？", "once": "token-1"}
    first = do(clerk, case, "consult_third_party", **typed)
    second = do(clerk, case, "consult_third_party", **typed)
    assert first.headers["Location"] == second.headers["Location"]
    assert case.consultations.count() == 1


def test_the_second_of_two_clerks_is_told_where_the_case_is(
    desk: Desk, today: date
) -> None:
    case = begun(desk)
    other = client_of(desk.agency, Role.CLERK)
    do(clerk_of(desk), case, "withdraw", on=today.isoformat())
    answer = do(other, case, "ask_reasons", on=today.isoformat(), text="为什么")
    (sentence,) = errors_of(answer)["__all__"]
    assert str(Stage.WITHDRAWN.label) in sentence
    assert answer.context["form"]["text"].value() == "为什么"


def test_what_cannot_be_done_now_leads_back_and_says_why(desk: Desk) -> None:
    case, clerk = begun(desk), clerk_of(desk)
    answer = clerk.get(at("act", case, "fee_paid"))
    assert answer.headers["Location"] == at("case", case)
    assert said(answer)


def test_only_the_head_s_post_opens_the_head_s_page(desk: Desk) -> None:
    case = begun(desk)
    assert clerk_of(desk).get(at("act", case, "extend")).status_code == 403
    assert do(clerk_of(desk), case, "extend", days="3").status_code == 403
    inspector = client_of(desk.agency, Role.INSPECTOR)
    assert inspector.get(at("act", case, "withdraw")).status_code == 403


def test_an_act_that_is_none_or_of_another_regime_is_not_found(desk: Desk) -> None:
    old = desk.case(received_on=date(2018, 12, 28))
    clerk = clerk_of(desk)
    assert clerk.get(at("act", old, "charge")).status_code == 404
    assert clerk.get(at("act", old, "nonsense")).status_code == 404


@pytest.mark.parametrize("act", TRANSITIONS)
def test_every_act_s_page_opens_or_says_why_not(desk: Desk, act: str) -> None:
    case = begun(desk)
    for client in (clerk_of(desk), head_of(desk)):
        assert client.get(at("act", case, act)).status_code in {200, 302, 403}


def test_joining_needs_another_case_of_the_same_person(desk: Desk) -> None:
    first, second = desk.case(), desk.case()
    page = clerk_of(desk).get(at("act", second, "join"))
    choices = page.context["form"].fields["into"].choices
    assert [value for value, _ in choices] == [first.pk]
    do(clerk_of(desk), second, "join", into=first.pk)
    assert now(second).joined_into == first


def test_only_an_open_case_of_the_same_person_is_offered_to_join(desk: Desk) -> None:
    """Namesakes are two people, and what was answered answers nothing new."""
    case, other = begun(desk), begun(desk)
    namesake = begun(desk, applicant=applicant(identity_no="350121198511021238"))
    unnumbered = begun(desk, applicant=applicant(identity_no=""))
    ended = begun(desk)
    handling.withdraw(actor=desk.clerk, case=ended)
    form = clerk_of(desk).get(at("act", case, "join")).context["form"]
    offered = {value for value, _words in form.fields["into"].choices}
    assert offered == {other.pk, unnumbered.pk}
    for refused in (namesake, ended):
        with pytest.raises(BadInput):
            handling.join(actor=desk.clerk, case=case, into=refused)


def test_ending_a_case_of_2007_names_the_row_of_its_own_form(desk: Desk) -> None:
    case = begun(desk, regime="2008")
    day = {"on": case.received_on.isoformat(), "until": timezone.localdate()}
    do(clerk_of(desk), case, "ask_correction", text="请更改。", **day)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        page = clerk_of(desk).get(at("act", case, "default_correction"))
    assert "3.3.7" in page.content.decode()


def test_the_fee_counts_no_namesake_and_nothing_twice(desk: Desk) -> None:
    begun(desk, applicant=applicant(identity_no="350121198511021238"))
    first, second = begun(desk), begun(desk)
    handling.join(
        actor=desk.clerk, case=desk.case(received_on=first.received_on), into=first
    )
    form = clerk_of(desk).get(at("act", second, "charge")).context["form"]
    assert form["quantity"].value() == 2


@pytest.mark.parametrize(("regime", "told"), [("2008", True), ("2019", False)])
def test_withdrawing_tells_what_the_forms_of_the_regime_count(
    desk: Desk, regime: str, told: bool
) -> None:
    case = begun(desk, regime=regime)
    page = clerk_of(desk).get(at("act", case, "withdraw"))
    first, second = page.context["consequences"]
    assert ("2014" in second) is told
    assert "其他" in second
