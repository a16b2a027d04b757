"""Redacting a document: boxes are drawn, the worker makes and checks a copy."""

import json
import logging
import time
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.applications import replies
from gongkai.applications.choices import FileKind
from gongkai.applications.exceptions import BadInput, NotAllowedNow
from gongkai.applications.files import (
    Prepared,
    attach,
    chunks_of,
    keep,
    keep_for,
    name_of,
)
from gongkai.applications.models import Case, CaseFile, Redaction
from gongkai.applications.permissions import can_see_person
from gongkai.applications.services.locking import locked
from gongkai.applications.services.moving import check_answering
from gongkai.applications.transitions import REPLYING
from gongkai.audit import services as audit
from gongkai.law import Result
from gongkai.registry.outbox import Lease, LeaseLost, enqueue
from gongkai.registry.sealing import CannotOpen, seal, unseal

if TYPE_CHECKING:
    from gongkai.redaction import Box

log = logging.getLogger(__name__)

TOPIC = "applications.redaction"
PLACE = "redaction boxes"
State = Redaction.State
OPEN = (State.DRAWING, State.WAITING, State.WORKING)
MOST_BOXES = 5_000
PAUSE = 1.0
"""Seconds between two notes of how far the worker is."""
SHOWN_DPI = 110


def add_found(
    *, by: Scope, case: Case, upload: Prepared, now: datetime | None = None
) -> CaseFile:
    """A document as the office holds it; it never goes out itself.

    Raises NotAllowedNow, PermissionDenied.
    """
    check_answering(by, case)
    (kept,) = keep_for(case, [upload])
    with transaction.atomic():
        case = locked(case)
        check_answering(by, case)
        file = attach(case, kept, by_applicant=False, now=now)
        _note("case.document_found", by, case, {"file": file.public_id})
    return file


def begin(*, by: Scope, file: CaseFile, now: datetime | None = None) -> Redaction:
    """Begin to draw, or go on with what is open; a later try begins with the boxes of
    the one before.

    Raises BadInput for a file that is no PDF and no picture or cannot be read,
    NotAllowedNow, PermissionDenied.
    """
    check_answering(by, file.case)
    if file.kind != FileKind.FOUND:
        raise NotAllowedNow(_("Only information found is redacted."))
    open_one = file.redactions.filter(state__in=OPEN).first()
    if open_one is not None:
        return _with_case(open_one, file.case)
    pages = _count(file)
    with transaction.atomic():
        case = locked(file.case)
        check_answering(by, case)
        open_one = file.redactions.filter(state__in=OPEN).first()
        if open_one is not None:
            return _with_case(open_one, case)
        before = file.redactions.last()
        made = Redaction.objects.create(
            case=case,
            source=file,
            pages=pages,
            state_since=now or timezone.now(),
            sealed_boxes=before.sealed_boxes if before else None,
            by_id=by.user,
        )
        _note("case.redaction_begun", by, case, _told(made))
    return made


def _count(file: CaseFile) -> int:
    from gongkai import redaction  # only who redacts needs it

    try:
        with redaction.open_pages(plain_bytes(file)) as pages:
            return pages.count
    except redaction.UnknownFormat as error:
        raise BadInput(
            "file", _("Boxes can be drawn on PDF files and pictures only.")
        ) from error
    except redaction.TooLong as error:
        raise BadInput(
            "file", _("The file is too long: 1,000 pages at most. Split it.")
        ) from error
    except redaction.EncryptedFile as error:
        raise BadInput(
            "file", _("The file opens with a password only. Save it without one.")
        ) from error
    except redaction.RedactionError as error:
        raise BadInput(
            "file", _("The file cannot be read. Save or scan it anew.")
        ) from error


def boxes_of(redaction: Redaction) -> list["Box"]:
    """Raises CannotOpen once the case was purged."""
    from gongkai.redaction import Box

    if not redaction.sealed_boxes:
        return []
    told = json.loads(unseal(redaction.case.data_key, redaction.sealed_boxes, PLACE))
    words = {one.code: _article(one) for one in replies.grounds_of(redaction.case)}
    return [
        Box(page, left, top, wide, high, ground, words.get(ground, ""))
        for page, left, top, wide, high, ground in told
    ]


def _article(ground: Result) -> str:
    """What stands on a box: the article, or the paper without its title."""
    return ground.citation.zh.rpartition("）")[2]


@transaction.atomic
def save_page(
    *,
    by: Scope,
    redaction: Redaction,
    revision: int,
    page: int,
    boxes: Sequence["Box"],
) -> Redaction:
    """The boxes of one page as they are now; those of other pages stay.

    ``revision`` is the one that the person looked at. Raises NotAllowedNow where
    somebody else saved meanwhile or it is drawn no more, BadInput, PermissionDenied.
    """
    case = locked(redaction.case)
    check_answering(by, case)
    redaction = _drawn(redaction, case, revision)
    grounds = {one.code for one in replies.grounds_of(case)}
    if not 1 <= page <= redaction.pages or {one.page for one in boxes} - {page}:
        raise BadInput("page", _("The document has no such page."))
    if any(one.ground not in grounds for one in boxes):
        raise BadInput("ground", _("Choose a ground for every box."))
    kept = [one for one in boxes_of(redaction) if one.page != page]
    kept = sorted([*kept, *boxes], key=lambda one: (one.page, one.top, one.left))
    if len(kept) > MOST_BOXES:
        raise BadInput("boxes", _("No more than 5,000 boxes fit in one document."))
    redaction.sealed_boxes = _sealed(case, kept)
    redaction.revision += 1
    redaction.save(update_fields=["sealed_boxes", "revision"])
    return redaction


@transaction.atomic
def make(
    *, by: Scope, redaction: Redaction, revision: int, now: datetime | None = None
) -> Redaction:
    """Promise the copy; the worker makes it. Raises what ``save_page`` does."""
    case = locked(redaction.case)
    check_answering(by, case)
    redaction = _drawn(redaction, case, revision)
    redaction.state, redaction.state_since = State.WAITING, now or timezone.now()
    redaction.steps_done, redaction.by_id = 0, by.user
    redaction.save(update_fields=["state", "state_since", "steps_done", "by"])
    enqueue(TOPIC, key=f"redaction {redaction.pk}", payload={"redaction": redaction.pk})
    _note("case.redaction_asked", by, case, _told(redaction))
    return redaction


def open_page(*, by: Scope, redaction: Redaction, page: int) -> bytes:
    """The picture of a page as PNG; that a colleague saw it is noted first.

    Raises PermissionDenied, CannotOpen, redaction.RedactionError.
    """
    if not can_see_person(by, redaction.case):
        raise PermissionDenied
    with transaction.atomic():
        told = {"file": redaction.source.public_id, "page": page}
        _note("case.file_opened", by, redaction.case, told)
    return _picture(plain_bytes(redaction.source), page)


def _picture(data: bytes, page: int) -> bytes:
    import io

    from gongkai.redaction import open_pages

    with open_pages(data) as pages:
        picture = pages.picture(page - 1, SHOWN_DPI)
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=3)
    return file.getvalue()


# In the worker


def work(redaction_id: int, lease: Lease) -> None:
    """Make and check the copy; nothing of it is kept where the check finds anything.

    Safe to run again after a crash: the copy becomes a document of the case in the
    transaction that ends it.
    """
    from gongkai import redaction as library

    found = Redaction.objects.select_related("case", "source__stored").get(
        pk=redaction_id
    )
    if found.state not in (State.WAITING, State.WORKING):
        return
    found.source.case = found.case
    Redaction.objects.filter(pk=found.pk).update(state=State.WORKING, steps_done=0)
    try:
        boxes = boxes_of(found)
        made = library.rebuild(
            plain_bytes(found.source), boxes, progress=_Progress(found.pk, lease)
        )
        name = f"{name_of(found.source).rsplit('.', 1)[0][:180]}.pdf"
    except library.TracesFound as error:
        _fail(found, [str(trace) for trace in error.traces])
    except (library.RedactionError, CannotOpen) as error:
        _fail(found, [type(error).__name__])
    except (LeaseLost, DatabaseError, OSError):
        raise  # the outbox tries again
    except Exception as error:  # noqa: BLE001 - it would break again
        log.warning("redaction %s: %s", found.pk, type(error).__name__)
        _fail(found, ["DamagedFile"])
    else:
        told = Prepared(FileKind.RELEASED, name, "application/pdf", made.data)
        _finish(found, told, len(boxes))


class _Progress:
    """Notes how far it is and holds on to the lease, once a second."""

    def __init__(self, redaction_id: int, lease: Lease) -> None:
        self._id, self._lease, self._next = redaction_id, lease, 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() < self._next and done < total:
            return
        self._next = time.monotonic() + PAUSE
        self._lease.renew()
        Redaction.objects.filter(pk=self._id).update(steps_done=done)


def _finish(found: Redaction, told: Prepared, boxes: int) -> None:
    kept = keep(found.case.data_key, told)
    with transaction.atomic():
        case = locked(found.case)
        redaction = Redaction.objects.get(pk=found.pk)
        if redaction.state != State.WORKING:
            return
        redaction.case = case
        if case.is_purged or case.stage not in REPLYING:
            _end(redaction, State.FAILED, reason="CaseMovedOn")
            return
        redaction.result = attach(case, kept, by_applicant=False)
        _end(redaction, State.DONE, boxes=boxes)


def _fail(found: Redaction, reasons: Sequence[str]) -> None:
    with transaction.atomic():
        case = locked(found.case)
        redaction = Redaction.objects.get(pk=found.pk)
        redaction.case = case
        if redaction.state == State.WORKING:
            _end(redaction, State.FAILED, reason="; ".join(reasons)[:400])


def _end(redaction: Redaction, state: str, *, reason: str = "", boxes: int = 0) -> None:
    redaction.state, redaction.state_since = state, timezone.now()
    redaction.reason, redaction.boxes_painted = reason, boxes
    fields = ["state", "state_since", "reason", "boxes_painted", "result"]
    redaction.save(update_fields=fields)
    act = "made" if state == State.DONE else "failed"
    data = {**_told(redaction), "boxes": boxes, "reason": reason}
    if redaction.result is not None:
        data["result"] = redaction.result.public_id
    audit.record(
        f"case.redaction_{act}",
        about=redaction.case,
        user_id=redaction.by_id,
        agency_id=redaction.case.agency_id,
        data=data,
    )


# Helpers


def plain_bytes(file: CaseFile) -> bytes:
    """In memory only; raises CannotOpen."""
    return b"".join(chunks_of(file))


def _sealed(case: Case, boxes: Sequence["Box"]) -> bytes:
    told = [
        [one.page, one.left, one.top, one.width, one.height, one.ground]
        for one in boxes
    ]
    return seal(case.data_key, json.dumps(told).encode(), PLACE)


def _drawn(redaction: Redaction, case: Case, revision: int) -> Redaction:
    redaction = Redaction.objects.select_related("source__stored").get(pk=redaction.pk)
    redaction.case = redaction.source.case = case
    if redaction.state != State.DRAWING:
        raise NotAllowedNow(_("The copy was ordered already."))
    if redaction.revision != revision:
        raise NotAllowedNow(
            _(
                "Somebody else saved meanwhile. Your boxes stand below; keep them to "
                "replace theirs on this page."
            )
        )
    return redaction


def _with_case(redaction: Redaction, case: Case) -> Redaction:
    redaction.case = case
    return redaction


def _told(redaction: Redaction) -> dict[str, object]:
    return {"redaction": redaction.pk, "file": redaction.source.public_id}


def _note(act: str, by: Scope, case: Case, data: dict[str, object]) -> None:
    audit.record(
        act, about=case, user_id=by.user_id, agency_id=case.agency_id, data=data
    )
