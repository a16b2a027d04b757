"""A document of a case is redacted: drawn, made by the worker, kept or refused."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from gongkai import redaction as library
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_scope
from gongkai.applications import replies
from gongkai.applications.exceptions import BadInput, NotAllowedNow
from gongkai.applications.files import Prepared, name_of
from gongkai.applications.models import CaseFile, Redaction
from gongkai.applications.releasing import cleared
from gongkai.applications.services import handling, redacting
from gongkai.applications.tests.factories import Desk
from gongkai.applications.tests.registers import work
from gongkai.audit.models import Event
from gongkai.redaction import Box
from gongkai.redaction.tests.test_office import (
    hidden_name,
    unpacked,
    word,
    workbook,
)
from gongkai.redaction.tests.tricks import SECRET, WORD, clean_pdf_file, hides
from gongkai.registry import files as store
from gongkai.registry.models import OutboxEntry
from gongkai.registry.outbox import LeaseLost

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
SOURCE = clean_pdf_file(b"BT /F 24 Tf 40 330 Td (" + SECRET + b") Tj ET")
BOX = Box(1, 0.05, 0.1, 0.9, 0.1, "D4")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def found(desk: Desk, data: bytes = SOURCE, media_type: str = "application/pdf") -> Any:
    case = desk.case()
    upload = Prepared("found", f"{WORD}.pdf", media_type, data)
    return redacting.add_found(by=scope(desk), case=case, upload=upload)


def scope(desk: Desk) -> Any:
    return desk.clerk.scope


def drawn(desk: Desk, *boxes: Box) -> Redaction:
    begun = redacting.begin(by=scope(desk), file=found(desk))
    return redacting.save_page(
        by=scope(desk), redaction=begun, revision=1, page=1, boxes=boxes or [BOX]
    )


def ordered(desk: Desk) -> Redaction:
    kept = drawn(desk)
    return redacting.make(by=scope(desk), redaction=kept, revision=kept.revision)


def anew(redaction: Redaction) -> Redaction:
    return Redaction.objects.select_related("result", "case").get(pk=redaction.pk)


def test_the_copy_holds_no_hidden_word_and_may_go_out(desk: Desk) -> None:
    redaction = ordered(desk)
    work()
    redaction = anew(redaction)
    assert redaction.state == "done"
    assert redaction.steps_done == redaction.steps == 2
    assert redaction.boxes_painted == 1
    result = redaction.result
    assert result is not None
    assert result.kind == "released"
    assert not result.for_applicant
    assert name_of(result) == f"{WORD}.pdf"
    assert hides(redacting.plain_bytes(redaction.source))
    assert not hides(redacting.plain_bytes(result))
    assert replies.released_files(redaction.case) == [result]


def test_boxes_and_words_are_in_no_row_and_no_event(desk: Desk) -> None:
    redaction = drawn(desk)
    sealed = bytes(redaction.sealed_boxes or b"")
    assert b"D4" not in sealed
    assert [one.ground for one in redacting.boxes_of(redaction)] == ["D4"]
    assert WORD not in "".join(map(str, Event.objects.values_list("data", flat=True)))


def test_a_failed_check_keeps_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*args: Any, **more: Any) -> None:
        raise library.TracesFound([library.Trace(library.Kind.NOT_BLACK, 1)])

    monkeypatch.setattr(library, "rebuild", stop)
    redaction = ordered(desk)
    work()
    redaction = anew(redaction)
    assert (redaction.state, redaction.reason) == ("failed", "not_black p1")
    assert redaction.result is None
    assert not CaseFile.objects.filter(kind="released").exists()


def test_a_file_that_breaks_the_library_ends_in_words_not_in_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "rebuild", lambda *args, **more: 1 / 0)
    redaction = ordered(desk)
    work()
    assert (anew(redaction).state, anew(redaction).reason) == ("failed", "DamagedFile")


def test_a_worker_that_lost_its_lease_leaves_the_work_to_the_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(*args: Any, **more: Any) -> None:
        raise LeaseLost(1)

    monkeypatch.setattr(library, "rebuild", lose)
    redaction = ordered(desk)
    work()
    assert anew(redaction).state == "working"


def test_a_worker_killed_on_the_way_begins_anew_and_keeps_one_copy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    redaction = ordered(desk)
    with monkeypatch.context() as patched:
        patched.setattr(redacting, "_finish", lambda *args: 1 / 0)
        work()
    assert anew(redaction).state == "working"
    OutboxEntry.objects.update(due_at="2020-01-01T00:00Z")
    work()
    OutboxEntry.objects.update(due_at="2020-01-01T00:00Z", done_at=None)
    work()
    assert anew(redaction).state == "done"
    assert CaseFile.objects.filter(kind="released").count() == 1


def test_whoever_saves_second_is_told(desk: Desk) -> None:
    redaction = drawn(desk)
    with pytest.raises(NotAllowedNow):
        redacting.save_page(
            by=scope(desk), redaction=redaction, revision=1, page=1, boxes=[]
        )
    assert len(redacting.boxes_of(anew(redaction))) == 1


def test_a_later_try_begins_with_the_boxes_of_the_one_before(desk: Desk) -> None:
    redaction = ordered(desk)
    work()
    again = redacting.begin(by=scope(desk), file=anew(redaction).source)
    assert again.pk != redaction.pk
    assert redacting.boxes_of(again) == redacting.boxes_of(anew(redaction))
    assert redacting.begin(by=scope(desk), file=redaction.source).pk == again.pk


def test_boxes_need_a_ground_of_the_regime_and_a_page_that_is_there(desk: Desk) -> None:
    redaction = drawn(desk)
    for box, page in ((Box(1, 0, 0, 0.1, 0.1, "E9"), 1), (Box(2, 0, 0, 1, 1, "D4"), 2)):
        with pytest.raises(BadInput):
            redacting.save_page(
                by=scope(desk),
                redaction=redaction,
                revision=redaction.revision,
                page=page,
                boxes=[box],
            )


def test_only_pdf_and_pictures_of_what_was_found_are_drawn_on(desk: Desk) -> None:
    with pytest.raises(BadInput):
        redacting.begin(by=scope(desk), file=found(desk, b"plain", "text/plain"))
    file = found(desk)
    file.kind = "application"
    with pytest.raises(NotAllowedNow):
        redacting.begin(by=scope(desk), file=file)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEADER, Role.ADMINISTRATOR])
def test_others_may_not_redact(desk: Desk, role: Role) -> None:
    other = make_scope(desk.agency, role)
    file = found(desk)
    with pytest.raises(PermissionDenied):
        redacting.begin(by=other, file=file)


def test_after_the_reply_nothing_is_redacted(desk: Desk) -> None:
    file = found(desk)
    handling.withdraw(actor=desk.clerk, case=file.case, text="不需要了")
    file.case.refresh_from_db()
    with pytest.raises(NotAllowedNow):
        redacting.begin(by=scope(desk), file=file)


@pytest.mark.parametrize("trick", ["author", "comments", "keywords"])
def test_a_word_file_released_as_it_is_loses_its_properties(trick: str) -> None:
    source = word(**{trick: WORD})
    told = Prepared("released", "a.docx", store.DOCX, source)
    assert SECRET in unpacked(source)
    assert SECRET not in unpacked(cleared(told).data)


def test_a_hidden_name_in_a_workbook_is_named() -> None:
    told = Prepared("released", "a.xlsx", store.XLSX, workbook(hidden_name))
    with pytest.raises(BadInput, match="名称"):
        cleared(told)
