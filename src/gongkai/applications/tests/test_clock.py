"""The clock of a case follows its acts, by the vectors of the law."""

from datetime import date

import pytest

from gongkai.agencies.scope import Scope
from gongkai.applications import clock, notices, rules
from gongkai.applications.choices import Stage
from gongkai.applications.exceptions import BadInput, NotAllowedNow
from gongkai.applications.models import Case
from gongkai.applications.services import asking, handling
from gongkai.applications.services.asking import Consulted
from gongkai.applications.tests.factories import APPLICANT, REPLY, Desk, noon
from gongkai.applications.todos import extensions_for
from gongkai.applications.transitions import TRANSITIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


def taken_up(desk: Desk, received_on: date = date(2025, 3, 3)) -> Case:
    case = desk.case(received_on=received_on)
    handling.take_up(actor=desk.clerk, case=case, now=noon(received_on))
    return case


def consulted(desk: Desk, case: Case, sent_on: date, of: str = "third_party"):  # type: ignore[no-untyped-def]
    return asking.consult(
        actor=desk.clerk,
        case=case,
        of=of,
        party=Consulted("霜桥县某合作社", "北门路 5 号", "是否同意公开补助明细？"),
        on=sent_on,
        now=noon(sent_on),
    )


@pytest.mark.parametrize(
    ("received_on", "due_on"),
    [
        (date(2019, 5, 15), date(2019, 6, 13)),
        (date(2025, 1, 24), date(2025, 2, 27)),
        (date(2025, 9, 26), date(2025, 10, 30)),
        (date(2026, 2, 13), date(2026, 3, 19)),
    ],
)
def test_twenty_working_days_from_receipt(
    desk: Desk, received_on: date, due_on: date
) -> None:
    assert desk.case(received_on=received_on).due_on == due_on


def test_a_case_keeps_the_regime_of_its_day(desk: Desk) -> None:
    case = desk.case(received_on=date(2018, 12, 28))
    assert (case.regime, case.due_on) == ("2008", date(2019, 1, 21))


def test_the_time_of_a_third_party_is_not_counted(desk: Desk) -> None:
    case = taken_up(desk)
    asked = consulted(desk, case, date(2025, 3, 5))
    case.refresh_from_db()
    assert case.is_stopped
    asking.consulted_received(
        actor=desk.clerk, asked=asked, on=date(2025, 3, 6), now=noon(date(2025, 3, 6))
    )
    asking.consulted_answered(
        actor=desk.clerk,
        asked=asked,
        answer="refuses",
        text="涉及商业秘密。",
        on=date(2025, 3, 14),
        now=noon(date(2025, 3, 14)),
    )
    case.refresh_from_db()
    assert (case.stage, case.is_stopped) == (Stage.IN_REVIEW, False)
    assert case.due_on == date(2025, 4, 10)


def test_a_corrected_request_begins_a_new_term(desk: Desk) -> None:
    case = taken_up(desk)
    asking.ask_correction(
        actor=desk.clerk,
        case=case,
        text="请写明年度。",
        until=date(2025, 3, 20),
        on=date(2025, 3, 6),
        now=noon(date(2025, 3, 6)),
    )
    case.refresh_from_db()
    assert (case.due_on, case.is_stopped) == (None, True)
    asking.receive_correction(
        actor=APPLICANT,
        case=case,
        text="2024 年度。",
        on=date(2025, 3, 17),
        now=noon(date(2025, 3, 17)),
    )
    case.refresh_from_db()
    assert case.due_on == date(2025, 4, 15)
    with pytest.raises(NotAllowedNow):
        asking.ask_correction(
            actor=desk.clerk, case=case, text="再补正。", until=date(2025, 4, 1)
        )


def test_only_the_head_extends_and_only_once(desk: Desk) -> None:
    case = taken_up(desk)
    told = {"case": case, "days": 20, "text": "需要检索多年档案"}
    day = date(2025, 3, 20)
    with pytest.raises(NotAllowedNow):
        asking.extend(actor=Desk(desk.agency).clerk, **told, now=noon(day))  # type: ignore[arg-type]
    asking.extend(actor=desk.head, **told, now=noon(day))  # type: ignore[arg-type]
    case.refresh_from_db()
    assert (case.due_on, case.was_extended) == (date(2025, 4, 28), True)
    with pytest.raises(NotAllowedNow):
        asking.extend(actor=desk.head, **told, now=noon(day))  # type: ignore[arg-type]


@pytest.mark.parametrize("days", [0, 21])
def test_an_extension_has_one_to_twenty_days(desk: Desk, days: int) -> None:
    case = taken_up(desk)
    with pytest.raises(BadInput):
        asking.extend(actor=desk.head, case=case, days=days, text="忙")


def test_a_term_that_ran_out_cannot_be_extended(desk: Desk) -> None:
    case = taken_up(desk)
    with pytest.raises(BadInput):
        asking.extend(
            actor=desk.head, case=case, days=5, text="忙", now=noon(date(2025, 4, 30))
        )


def test_silence_counts_only_after_their_own_term(desk: Desk) -> None:
    case = taken_up(desk)
    asked = consulted(desk, case, date(2025, 3, 5))
    asking.consulted_received(
        actor=desk.clerk, asked=asked, on=date(2025, 3, 6), now=noon(date(2025, 3, 6))
    )
    assert asked.due_on == date(2025, 3, 27)
    with pytest.raises(NotAllowedNow):
        asking.went_silent(actor=desk.clerk, asked=asked, now=noon(date(2025, 3, 27)))
    asking.went_silent(actor=desk.clerk, asked=asked, now=noon(date(2025, 3, 28)))
    case.refresh_from_db()
    assert (case.stage, case.is_stopped) == (Stage.IN_REVIEW, False)


def test_the_due_date_is_what_the_clock_says_after_every_act(desk: Desk) -> None:
    case = taken_up(desk)
    consulted(desk, case, date(2025, 3, 5), of="organ")
    case.refresh_from_db()
    assert case.due_on == clock.clock_of(case).due_on


def test_a_reply_ends_the_case_with_one_result(desk: Desk) -> None:
    case = taken_up(desk)
    handling.reply(
        actor=desk.clerk,
        case=case,
        on=date(2025, 3, 10),
        result="R1",
        files=[REPLY],
        now=noon(date(2025, 3, 11)),
    )
    case.refresh_from_db()
    assert (case.stage, case.result) == (Stage.REPLIED, "R1")
    with pytest.raises(NotAllowedNow):
        handling.reply(
            actor=desk.clerk,
            case=case,
            on=date(2025, 3, 11),
            result="D1",
            files=[REPLY],
        )


def test_the_head_may_refuse_an_extension_that_was_asked(desk: Desk) -> None:
    case, day = taken_up(desk), noon(date(2025, 3, 20))
    with pytest.raises(NotAllowedNow):
        asking.refuse_extension(actor=desk.head, case=case, text="不必", now=day)
    asking.ask_extension(actor=desk.clerk, case=case, days=10, text="检索档案", now=day)
    assert list(extensions_for(scope_of(desk))) == [case]
    asking.refuse_extension(actor=desk.head, case=case, text="按期答复", now=day)
    case.refresh_from_db()
    assert case.due_on == date(2025, 3, 31)
    assert not extensions_for(scope_of(desk)).exists()


def waiting_for_a_third_party(desk: Desk) -> Case:
    """Sent and received on 5 March: their term ends on 26 March, ours on 21 April."""
    case, day = taken_up(desk), date(2025, 3, 5)
    asked = consulted(desk, case, day)
    asking.consulted_received(actor=desk.clerk, asked=asked, on=day, now=noon(day))
    case.refresh_from_db()
    return case


def test_a_case_left_waiting_for_a_silent_third_party_is_overdue_all_the_same(
    desk: Desk,
) -> None:
    case = waiting_for_a_third_party(desk)
    assert case.is_stopped
    assert case.due_on == date(2025, 4, 22)
    assert clock.days_left(case, date(2025, 4, 22)) is None
    assert clock.days_left(case, date(2025, 4, 23)) == -1
    assert not Case.objects.overdue(date(2025, 4, 22)).exists()
    assert list(Case.objects.overdue(date(2025, 4, 23))) == [case]


def test_a_later_day_told_to_the_applicant_is_the_day_to_answer_by(desk: Desk) -> None:
    case, day = taken_up(desk), date(2025, 3, 20)
    asking.delay(
        actor=desk.head,
        case=case,
        until=date(2025, 6, 30),
        text="申请件数多，检索量大。",
        on=day,
        now=noon(day),
    )
    case.refresh_from_db()
    assert (case.stage, case.due_on) == (Stage.DELAYED, date(2025, 6, 30))
    assert "2025-06-30" in notices.sentences(case)[-1]
    assert not Case.objects.overdue(date(2025, 6, 30)).exists()


def test_reasons_that_never_come_do_not_keep_the_office_from_answering(
    desk: Desk,
) -> None:
    case, day = taken_up(desk), noon(date(2025, 3, 20))
    asking.ask_reasons(actor=desk.clerk, case=case, text="请说明理由。", now=day)
    on = day.date()
    told = {"on": on, "result": "P4", "files": [REPLY], "now": day}
    handling.reply(actor=desk.clerk, case=case, **told)  # type: ignore[arg-type]
    case.refresh_from_db()
    assert case.stage == Stage.REPLIED


@pytest.mark.parametrize(
    ("on", "is_answered"), [(date(2025, 3, 12), False), (date(2025, 3, 13), True)]
)
def test_only_a_correction_notice_in_time_waits_for_the_correction(
    desk: Desk, on: date, is_answered: bool
) -> None:
    """The seventh working day is 12 March; later the clock runs on (Art. 30)."""
    case, day = taken_up(desk), noon(on)
    told = {"text": "请写明年度。", "until": date(2025, 3, 28), "on": on, "now": day}
    asking.ask_correction(actor=desk.clerk, case=case, **told)  # type: ignore[arg-type]
    case.refresh_from_db()
    reply = TRANSITIONS["reply"]
    assert (rules.why_not(reply, case, desk.clerk, on) == "") is is_answered


OLD = date(2018, 12, 28)


def test_a_case_of_2007_that_was_never_corrected_ends_by_the_row_of_its_form(
    desk: Desk,
) -> None:
    case = taken_up(desk, OLD)
    told = {"text": "请更改。", "until": date(2019, 1, 10), "on": OLD, "now": noon(OLD)}
    asking.ask_correction(actor=desk.clerk, case=case, **told)  # type: ignore[arg-type]
    day = noon(date(2019, 1, 11))
    handling.default_correction(actor=desk.clerk, case=case, now=day)
    case.refresh_from_db()
    assert (case.stage, case.result) == (Stage.CLOSED, "3.3.7")


def test_a_silent_third_party_does_not_hold_a_case_of_2007_for_ever(desk: Desk) -> None:
    case, day = taken_up(desk, OLD), noon(date(2019, 1, 11))
    asked = consulted(desk, case, OLD)
    asking.went_silent(actor=desk.clerk, asked=asked, now=day)
    case.refresh_from_db()
    assert (case.stage, case.is_stopped) == (Stage.IN_REVIEW, False)


def scope_of(desk: Desk) -> Scope:
    assert desk.head.scope is not None
    return desk.head.scope
