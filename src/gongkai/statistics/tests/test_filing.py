"""A return from its first count to the parent's word, and what never changes."""

from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from gongkai import returns
from gongkai.agencies.models import Agency
from gongkai.applications.models import Case
from gongkai.applications.services import handling
from gongkai.applications.tests.factories import REPLY, Desk, noon
from gongkai.applications.tests.ledgers import fill
from gongkai.audit.models import Event
from gongkai.registry.measures import Period
from gongkai.returns.tests import vectors
from gongkai.statistics import filed, provenance
from gongkai.statistics.exceptions import (
    BadFigure,
    FilingRefused,
    MovedOn,
    NotReady,
)
from gongkai.statistics.models import Filing, FilingCell
from gongkai.statistics.services import deciding, entering, filing
from gongkai.statistics.tests.factories import FOOT, NOW, Body

pytestmark = pytest.mark.django_db
NEW = "applications.new_received.natural_person"
OUT = "applications.carried_out.natural_person"


def snapshot(found: Filing) -> list[Any]:
    row = Filing.objects.filter(pk=found.pk).values_list()
    cells = FilingCell.objects.filter(filing=found).values_list()
    return [list(row), [tuple(map(plain, cell)) for cell in cells]]


def plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def test_what_was_filed_stays_when_the_ledger_changes() -> None:
    county = Body()
    fill([county.agency], 60, seed=2)
    found = county.file()
    before = snapshot(found)
    values = filed.values_of(found)
    for case in Case.objects.filter(closed_on=None):
        Case.objects.filter(pk=case.pk).update(applicant_kind="research")
    Case.objects.filter(closed_on__year=2025).update(result="P1", channel="fax")
    fill([county.agency], 60, seed=3)
    assert snapshot(found) == before
    assert filed.values_of(found) == values
    assert filed.is_intact(Filing.objects.get(pk=found.pk))
    told = filed.differences(found, noon(date(2026, 6, 1)))
    assert "applications.unprocessed.petition.total" in {key for key, *_rest in told}
    assert all(then != now for _key, then, now in told)


def test_every_cell_keeps_the_records_that_made_it() -> None:
    county = Body()
    fill([county.agency], 60, seed=2)
    found = county.file()
    for cell in found.cells.exclude(computed=None).exclude(computed=0):
        assert len(provenance.unpack(bytes(cell.records))) == cell.computed
        assert cell.record_model in {"applications.Case", "items.Item"}


@pytest.mark.parametrize("ids", [[], [7], [3, 1, 2], range(5, 90_000, 7)])
def test_ids_are_packed_and_come_back(ids: Any) -> None:
    packed = provenance.pack(ids)
    assert provenance.unpack(packed) == sorted(ids)
    assert len(packed) < max(len(ids), 20)


def test_nothing_that_was_filed_can_be_written_over() -> None:
    found = Body().file()
    for act in (
        lambda: found.cells.update(value=1),
        lambda: found.cells.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_changed_row_is_found_by_its_hash() -> None:
    found = Body().file()
    Filing.objects.filter(pk=found.pk).update(head="别人")
    assert not filed.is_intact(Filing.objects.get(pk=found.pk))


def test_of_two_who_file_at_once_one_wins_and_the_other_is_told() -> None:
    county = Body()
    draft = county.draft()
    first = county.file(draft)
    with pytest.raises(MovedOn, match="2026-01-20 12:00"):
        county.file(draft)
    assert FilingCell.objects.filter(filing=first).count() == len(
        returns.load_form("2021").by_key
    )


def test_two_who_begin_go_on_with_one_draft() -> None:
    county = Body()
    assert county.draft() == county.draft()


def test_an_override_needs_a_reason_and_shows_both_values() -> None:
    county = Body()
    Desk(county.agency).case(received_on=date(2025, 12, 20))
    draft = county.draft()
    with pytest.raises(BadFigure):
        filing.override(by=county.office, filing=draft, key=NEW, value="2", reason=" ")
    with pytest.raises(BadFigure, match="不是数字"):
        filing.override(
            by=county.office, filing=draft, key=NEW, value="两件", reason="漏记"
        )
    for key in (
        NEW,
        OUT,
        NEW.replace("natural_person", "total"),
        OUT.replace("natural_person", "total"),
    ):
        filing.override(
            by=county.office, filing=draft, key=key, value="2", reason="纸质登记漏录"
        )
    found = county.file(draft)
    cell = found.cells.get(key=NEW)
    assert [cell.computed, cell.value] == [1, 2]
    assert cell.reason == "纸质登记漏录"
    quality = filed.quality(filed.frozen(found), 0)
    assert quality.overridden == 4


def test_an_override_can_be_taken_back_and_the_draft_counts_again() -> None:
    county = Body()
    draft = county.draft()
    told = {"by": county.office, "filing": draft, "key": NEW, "reason": "核对"}
    filing.override(**told, value="5")  # type: ignore[arg-type]
    filing.override(**told, value=None)  # type: ignore[arg-type]
    assert filed.draft(draft).values[NEW] == 0
    assert draft.overrides.count() == 2


def test_a_broken_relation_refuses_the_filing_and_spells_it_out() -> None:
    county = Body()
    draft = county.draft()
    filing.override(by=county.office, filing=draft, key=NEW, value="5", reason="补记")
    with pytest.raises(NotReady) as refused:
        county.file(draft)
    assert any("5" in sentence for sentence in refused.value.sentences)
    assert FilingCell.objects.count() == 0
    assert Filing.objects.get(pk=draft.pk).is_draft


def test_a_warning_needs_a_note_for_these_very_numbers() -> None:
    county = Body()
    period = Period.year(2016)
    draft = county.draft("2014", period=period)
    for key, value in vectors.seed_003(returns.load_form("2014")).items():
        filing.override(
            by=county.office, filing=draft, key=key, value=value, reason="档案"
        )
    result = filed.draft(draft).result
    assert result.errors == ()
    assert result.warnings
    with pytest.raises(NotReady):
        county.file(draft)
    for warning in result.warnings:
        filing.explain(
            by=county.office,
            filing=draft,
            relation=str(warning.relation),
            note="同一信息在两个网站发布",
        )
    assert county.file(draft).state == Filing.State.FILED


def test_the_foot_of_the_form_is_signed() -> None:
    county = Body()
    with pytest.raises(BadFigure, match="审核人"):
        filing.file(
            by=county.leader,
            filing=county.draft(),
            foot=filing.Foot("甲", "", "丙", "1", date(2026, 1, 20)),
        )


def test_the_parent_returns_cells_with_remarks_and_takes_the_next_version() -> None:
    county = Body()
    bureau = county.below()
    first = bureau.file()
    with pytest.raises(BadFigure):
        deciding.give_back(by=county.office, filing=first)
    deciding.give_back(
        by=county.office, filing=first, remarks={NEW: "与台账不符，请核对"}
    )
    second = bureau.draft(now=NOW + timedelta(days=1))
    assert (second.version, second.state) == (2, "draft")
    bureau.file(second, NOW + timedelta(days=1))
    accepted = county.accept(second)
    assert accepted.state == Filing.State.ACCEPTED
    with pytest.raises(MovedOn):
        deciding.give_back(by=county.office, filing=second, remarks={NEW: "再看"})
    with pytest.raises(MovedOn):
        bureau.file(second)
    verbs = Event.objects.filter(verb__startswith="filing.").values_list("verb")
    assert {verb for (verb,) in verbs} >= {
        *("filing.begun", "filing.filed", "filing.remarked", "filing.returned"),
        "filing.accepted",
    }


def test_a_correction_after_acceptance_needs_a_public_note() -> None:
    county = Body()
    bureau = county.below()
    first = county.accept(bureau.file())
    with pytest.raises(BadFigure):
        bureau.draft()
    second = bureau.draft(public_note="补计一件信函申请")
    bureau.file(second, noon(date(2026, 5, 1)))
    assert filed.current(bureau.agency, first.period) == first
    county.accept(second)
    assert filed.current(bureau.agency, first.period) == second
    assert not Filing.objects.get(pk=second.pk).is_late


def test_carried_in_is_held_against_last_years_carried_out() -> None:
    county = Body()
    desk = Desk(county.agency)
    case = desk.case(received_on=date(2024, 12, 20))
    older = county.draft(period=Period.year(2024), now=noon(date(2025, 1, 20)))
    county.accept(county.file(older, noon(date(2025, 1, 20))))
    # In last year's letters after all: entered in March.
    desk.case(received_on=date(2024, 12, 30), now=noon(date(2025, 3, 1)))
    handling.take_up(actor=desk.clerk, case=case, now=noon(date(2025, 1, 21)))
    handling.reply(
        actor=desk.clerk,
        case=case,
        on=date(2025, 1, 22),
        result="R1",
        files=[REPLY],
        now=noon(date(2025, 1, 22)),
    )
    with pytest.raises(NotReady, match="上一年度"):
        county.file()
    assert [key for key, *_rest in filed.differences(older, NOW)][0] == (
        "applications.new_received.natural_person"
    )


def test_late_is_late() -> None:
    bureau = Body().below()
    assert not bureau.file().is_late
    other = Body().below()
    assert other.file(now=noon(date(2026, 2, 1))).is_late


def test_who_may_do_what() -> None:
    county = Body()
    bureau, sibling = county.below(), county.below()
    draft = bureau.draft()
    for wrong in (sibling.office, sibling.leader, bureau.leader):
        with pytest.raises(PermissionDenied):
            filing.refresh(by=wrong, filing=draft)
    for wrong in (bureau.office, county.leader, sibling.leader):
        with pytest.raises(PermissionDenied):
            filing.file(by=wrong, filing=draft, foot=FOOT)
    bureau.file(draft)
    for wrong in (bureau.office, sibling.office, county.leader):
        with pytest.raises(PermissionDenied):
            deciding.accept(by=wrong, filing=draft)
    county.accept(draft)


def test_the_roots_own_office_closes_what_it_sent_up() -> None:
    county = Body()
    assert county.accept(county.file()).state == Filing.State.ACCEPTED


def test_a_dissolved_body_files_nothing_more() -> None:
    bureau = Body().below()
    Agency.objects.filter(pk=bureau.agency.pk).update(dissolved_on=date(2025, 6, 1))
    bureau.agency.refresh_from_db()
    with pytest.raises(FilingRefused, match="2025-12-31"):
        bureau.draft()


def test_a_figure_by_hand_has_author_day_and_note_and_can_be_corrected() -> None:
    county = Body()
    told: dict[str, Any] = {
        "by": county.office,
        "agency": county.agency,
        "key": "fulltime_staff",
        "now": NOW,
    }
    first = entering.enter(**told, on=date(2025, 3, 1), value="3", note="编制文件")
    draft = county.draft("2014")
    assert filed.draft(draft).values["fulltime_staff"] == 3
    assert filed.draft(draft).values["staff_total"] == 3
    assert filed.draft(draft).values["meetings"] is None
    entering.enter(**told, on=date(2025, 9, 1), value="4", note="新增一人")
    assert filed.draft(draft).values["fulltime_staff"] == 4
    fixed = entering.enter(
        **told, on=date(2025, 9, 1), value="5", note="更正", replaces=first
    )
    assert filed.draft(draft).values["fulltime_staff"] == 5
    assert fixed.replaces == first
    with pytest.raises(MovedOn):
        entering.enter(
            **told, on=date(2025, 9, 1), value="5", note="更正", replaces=first
        )
    for wrong in ("applications_received", "staff_total", "no_such"):
        with pytest.raises(BadFigure):
            entering.enter(
                **{**told, "key": wrong}, on=date(2025, 9, 1), value="5", note="x"
            )


def test_meetings_add_up_and_a_later_entry_changes_no_older_figure() -> None:
    county = Body()
    for day in (date(2025, 3, 1), date(2025, 6, 1)):
        entering.enter(
            by=county.office,
            agency=county.agency,
            key="meetings",
            on=day,
            value=1,
            note="工作例会",
            now=noon(day),
        )
    draft = county.draft("2014")
    assert filed.draft(draft).values["meetings"] == 2
    assert filed.draft(draft, noon(date(2025, 4, 1))).values["meetings"] == 1


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_two_threads_that_file_make_one_return() -> None:
    county = Body()
    draft = county.draft()
    told: list[str] = []
    gate = Barrier(2)

    def act() -> None:
        gate.wait()
        try:
            county.file(draft)
            told.append("filed")
        except MovedOn:
            told.append("told")
        finally:
            connection.close()

    threads = [Thread(target=act) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["filed", "told"]
    assert FilingCell.objects.count() == len(returns.load_form("2021").by_key)
