"""Registering and handling a remedy: terms, results, what is refused, what is kept."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_agency, make_scope
from gongkai.applications.tests.factories import Desk, noon
from gongkai.audit.models import Event
from gongkai.law.proceedings import outcomes, outcomes_of
from gongkai.remedies import clock, rules
from gongkai.remedies.choices import Appeal, Kind, Procedure, Stage
from gongkai.remedies.exceptions import AlreadyOpen, BadInput, NotAllowedNow
from gongkai.remedies.models import Remedy
from gongkai.remedies.parties import Parties, masked_name, open_parties
from gongkai.remedies.services import handling, showing
from gongkai.remedies.services.registering import register
from gongkai.remedies.tests.factories import (
    DEFENCE,
    clerk,
    end,
    head,
    incoming,
    make_remedy,
    now,
    refused_case,
)
from gongkai.remedies.transitions import TRANSITIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


# Terms


@pytest.mark.parametrize(
    ("kind", "procedure", "copied", "due"),
    [
        # 10 working days over the holidays of Qingming: 4 April is one.
        (Kind.RECONSIDERATION, Procedure.ORDINARY, "2025-03-27", "2025-04-11"),
        (Kind.RECONSIDERATION, Procedure.SIMPLE, "2025-03-27", "2025-04-03"),
        (Kind.DIRECT_SUIT, Procedure.ORDINARY, "2025-03-11", "2025-03-26"),
        # The 15th day is 4 April: a holiday, the next working day is the 7th.
        (Kind.SUIT_AFTER, Procedure.ORDINARY, "2025-03-20", "2025-04-07"),
        (Kind.COMPLAINT, Procedure.ORDINARY, "2025-03-20", None),
    ],
)
def test_the_defence_is_due_by_law(
    desk: Desk, kind: str, procedure: str, copied: str, due: str | None
) -> None:
    day = date.fromisoformat(copied)
    made = make_remedy(desk, kind=kind, procedure=procedure, copy_received_on=day)
    assert made.due_on == (date.fromisoformat(due) if due else None)


def test_an_ordinary_procedure_gives_the_longer_term_from_the_copy_on(
    desk: Desk,
) -> None:
    day = date(2025, 3, 27)
    made = make_remedy(desk, procedure=Procedure.SIMPLE, copy_received_on=day)
    handling.to_ordinary(by=clerk(desk), remedy=made, on=day, now=noon(day))
    assert now(made).due_on == date(2025, 4, 11)


def test_a_day_that_the_court_sets_counts_in_place_of_the_laws(desk: Desk) -> None:
    made = make_remedy(desk, kind=Kind.DIRECT_SUIT)
    until = date(2025, 5, 20)
    handling.put_off_defence(
        by=clerk(desk), remedy=made, until=until, text="法院准予延期", now=AT
    )
    assert now(made).due_on == until


def test_a_defence_that_was_sent_is_due_no_more(desk: Desk) -> None:
    made = make_remedy(desk)
    on = date(2025, 4, 15)
    handling.defend(by=clerk(desk), remedy=made, on=on, files=[DEFENCE], now=AT)
    sent = now(made)
    assert (sent.stage, sent.due_on) == (Stage.DEFENDED, None)
    assert clock.days_of(sent).defence == date(2025, 4, 24)


def test_a_decision_on_reconsideration_can_be_sued_for_15_natural_days(
    desk: Desk,
) -> None:
    made = end(
        desk,
        make_remedy(desk),
        "upheld",
        date(2025, 5, 6),
        served_on=date(2025, 5, 6),
    )
    assert clock.days_of(made).to_contest == date(2025, 5, 21)


def test_a_suspension_moves_the_bodys_term_by_its_days(desk: Desk) -> None:
    made = make_remedy(desk, accepted_on=date(2025, 4, 8))
    before = clock.days_of(made).decision
    handling.suspend(by=clerk(desk), remedy=made, on=date(2025, 4, 11), now=AT)
    assert clock.days_of(now(made)).decision is None
    handling.resume(by=clerk(desk), remedy=made, on=date(2025, 4, 18), now=AT)
    after = clock.days_of(now(made)).decision
    assert before is not None and after is not None and after > before


def test_what_the_columns_tell_can_be_worked_out_anew(desk: Desk) -> None:
    made = now(make_remedy(desk))
    told = [getattr(made, name) for name in clock.COLUMNS]
    clock.set_clock(made)
    assert [getattr(made, name) for name in clock.COLUMNS] == told


# How it can end


ENDS = [(kind, one.key, one.row) for kind in Kind for one in outcomes_of(kind)]


@pytest.mark.parametrize(("kind", "outcome", "row"), ENDS)
def test_each_outcome_of_a_kind_falls_into_its_row(
    desk: Desk, kind: str, outcome: str, row: str
) -> None:
    made = end(desk, make_remedy(desk, kind=kind), outcome, date(2025, 5, 6))
    assert (made.stage, rules.row_of(made)) == (Stage.DECIDED, row)


def test_an_outcome_of_another_kind_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput, match="结果|outcomes"):
        end(desk, make_remedy(desk), "founded", date(2025, 5, 6))


def test_an_appeal_that_is_dismissed_has_the_first_judgments_outcome(
    desk: Desk,
) -> None:
    first = make_remedy(desk, kind=Kind.DIRECT_SUIT)
    first = end(desk, first, "revoked", date(2025, 6, 3))
    appeal = make_remedy(
        desk,
        kind=Kind.DIRECT_SUIT,
        follows=first,
        copy_received_on=date(2025, 7, 1),
    )
    assert appeal.instance == 2
    assert now(first).appeal == Appeal.THEIRS
    ended = end(desk, appeal, rules.APPEAL_DISMISSED, date(2025, 9, 1))
    assert (ended.outcome, ended.appeal_dismissed) == ("revoked", True)


def test_a_decision_entered_wrongly_is_corrected_by_the_head_with_a_reason(
    desk: Desk,
) -> None:
    made = end(desk, make_remedy(desk), "upheld", date(2025, 5, 6))
    told: dict[str, Any] = {
        "remedy": made,
        "on": date(2025, 5, 7),
        "outcome": "unlawful",
    }
    with pytest.raises(NotAllowedNow):
        handling.correct_decision(by=clerk(desk), text="看错", now=LATE, **told)
    with pytest.raises(BadInput):
        handling.correct_decision(by=head(desk), text=" ", now=LATE, **told)
    handling.correct_decision(by=head(desk), text="看错", now=LATE, **told)
    assert rules.row_of(now(made)) == "corrected"
    assert [step.outcome for step in made.steps.filter(outcome__gt="")] == [
        "upheld",
        "unlawful",
    ]


def test_every_outcome_has_a_kind() -> None:
    assert {outcome for _kind, outcome, _row in ENDS} | {"remanded"} == set(outcomes())


# On a case


def test_the_applicant_of_the_case_is_the_party(desk: Desk) -> None:
    case = refused_case(desk)
    made = make_remedy(desk, case=case, claims="撤销答复")
    told = open_parties(made)
    assert (told.name, told.claims) == ("柳青河", "撤销答复")
    assert made.party_kind == case.applicant_kind


def test_a_case_of_another_agency_is_refused(desk: Desk) -> None:
    other = refused_case(Desk(make_agency(slug="lvyou")))
    with pytest.raises(BadInput) as caught:
        make_remedy(desk, case=other)
    assert caught.value.field == "case"


def test_a_second_open_proceeding_is_refused_unless_it_is_said(desk: Desk) -> None:
    case = refused_case(desk)
    make_remedy(desk, case=case)
    with pytest.raises(AlreadyOpen):
        make_remedy(desk, case=case)
    assert make_remedy(desk, case=case, even_if_open=True).pk


def test_a_direct_suit_against_a_refusal_of_2025_is_warned_about(desk: Desk) -> None:
    case = refused_case(desk)
    suit = make_remedy(desk, case=case, kind=Kind.DIRECT_SUIT)
    [warning] = rules.warnings_of(now(suit))
    assert "D1" in warning
    review = make_remedy(desk, case=case)
    assert rules.warnings_of(now(review)) == []


def test_a_late_application_is_noted_and_never_refused(desk: Desk) -> None:
    late = make_remedy(
        desk,
        known_on=date(2025, 1, 2),
        filed_on=date(2025, 3, 10),
        copy_received_on=date(2025, 3, 17),
    )
    assert rules.begun_late_by(late) == 7
    assert len(rules.warnings_of(late)) == 1


def test_a_suit_follows_a_reconsideration_only_once_it_is_decided(desk: Desk) -> None:
    review = make_remedy(desk)
    with pytest.raises(BadInput) as caught:
        make_remedy(desk, kind=Kind.SUIT_AFTER, follows=review)
    assert caught.value.field == "follows"
    done = end(desk, review, "upheld", date(2025, 5, 6))
    suit = make_remedy(
        desk,
        kind=Kind.SUIT_AFTER,
        follows=done,
        copy_received_on=date(2025, 6, 3),
    )
    assert (suit.instance, suit.follows) == (1, done)


# Once, by whom may, and with a trace


def test_the_same_sending_is_the_same_remedy(desk: Desk) -> None:
    paper = incoming(key="one-click")
    told: dict[str, Any] = {"by": clerk(desk), "agency": desk.agency, "incoming": paper}
    assert register(**told) == register(**told)
    assert Remedy.objects.count() == 1


def test_a_reader_registers_nothing(desk: Desk) -> None:
    office = make_scope(desk.agency, Role.INSPECTOR)
    with pytest.raises(PermissionDenied):
        register(by=office, agency=desk.agency, incoming=incoming())


def test_numbers_run_by_register_and_year(desk: Desk) -> None:
    slug = desk.agency.slug.upper()
    kinds = (Kind.RECONSIDERATION, Kind.DIRECT_SUIT, Kind.SUIT_AFTER, Kind.COMPLAINT)
    numbers = [make_remedy(desk, kind=kind).number for kind in kinds]
    assert numbers == [
        f"{slug}-FY-2025-0001",
        f"{slug}-SS-2025-0001",
        f"{slug}-SS-2025-0002",
        f"{slug}-TS-2025-0001",
    ]


def test_an_act_that_was_done_is_refused_the_second_time(desk: Desk) -> None:
    made = make_remedy(desk)
    told: dict[str, Any] = {"by": clerk(desk), "remedy": made, "on": date(2025, 4, 15)}
    handling.defend(files=[DEFENCE], now=AT, **told)
    with pytest.raises(NotAllowedNow):
        handling.defend(files=[DEFENCE], now=AT, **told)


def test_each_act_stands_in_the_audit_chain(desk: Desk) -> None:
    made = end(desk, make_remedy(desk), "upheld", date(2025, 5, 6))
    handling.archive(by=clerk(desk), remedy=made)
    about = Event.objects.filter(object_type="remedies.Remedy", object_id=str(made.pk))
    assert [event.verb for event in about.order_by("pk")] == [
        "remedy.registered",
        "remedy.decide",
        "remedy.archive",
    ]


def test_no_date_lies_ahead_or_before_the_copy(desk: Desk) -> None:
    made = make_remedy(desk)
    for day in (date(2025, 4, 1), date(2025, 12, 1)):
        with pytest.raises(BadInput) as caught:
            handling.suspend(by=clerk(desk), remedy=made, on=day, now=AT)
        assert caught.value.field == "on"


def test_a_hearing_is_held_once(desk: Desk) -> None:
    made = make_remedy(desk)
    hearing = handling.set_hearing(
        by=clerk(desk), remedy=made, when=noon(date(2025, 5, 8)), place="第三法庭"
    )
    handling.hold_hearing(by=clerk(desk), hearing=hearing, now=LATE)
    with pytest.raises(NotAllowedNow):
        handling.call_off_hearing(by=clerk(desk), hearing=hearing, now=LATE)


# Privacy


def test_names_and_words_of_parties_stand_nowhere_in_plain(desk: Desk) -> None:
    told = Parties(name="欧阳无痕", phone="13912345678", claims="要求确认违法之理由")
    made = make_remedy(desk, parties=told)
    handling.suspend(
        by=clerk(desk), remedy=made, on=date(2025, 4, 15), text="欧阳无痕病重", now=AT
    )
    rows = [*Remedy.objects.values(), *made.steps.values(), *Event.objects.values()]
    dump = json.dumps(rows, default=_written, ensure_ascii=False)
    for word in ("欧阳无痕", "13912345678", "之理由", "病重"):
        assert word not in dump
        assert word.encode().hex() not in dump
    assert masked_name(made).startswith("欧")
    assert "无痕" not in masked_name(made)


def _written(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)


def test_parties_are_shown_to_the_desk_alone_and_noted(desk: Desk) -> None:
    made = make_remedy(desk)
    with pytest.raises(PermissionDenied):
        showing.show_parties(by=make_scope(desk.agency, Role.INSPECTOR), remedy=made)
    assert showing.show_parties(by=clerk(desk), remedy=made).name == "柳青河"
    assert Event.objects.filter(verb="remedy.parties_shown").count() == 1


def test_siblings_see_nothing_of_each_other(desk: Desk) -> None:
    make_remedy(desk)
    other = Desk(make_agency(slug="lvyou"))
    assert not Remedy.objects.visible_to(clerk(other)).exists()
    assert Remedy.objects.visible_to(clerk(desk)).count() == 1


# The table


def test_every_stage_leads_to_the_file() -> None:
    ends = {row.to for row in TRANSITIONS.values() if row.is_final}
    assert ends == {Stage.ARCHIVED, Stage.STRUCK}
    sources = {source for row in TRANSITIONS.values() for source in row.sources}
    assert sources == set(Stage) - ends


AT, LATE = noon(date(2025, 4, 20)), noon(date(2025, 6, 2))
