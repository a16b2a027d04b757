"""Taking reports in and reading them: a file, or a published item; once, and anew."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.agencies.scope import SYSTEM, Scope
from gongkai.audit import services as audit
from gongkai.items.choices import Kind
from gongkai.items.models import Item
from gongkai.registry import files
from gongkai.registry.outbox import enqueue
from gongkai.reportreader import Report, SourceText, reader_version
from gongkai.reports import carrying, permissions, sources
from gongkai.reports.analysing import compared
from gongkai.reports.exceptions import NotReadNow, Unreadable
from gongkai.reports.models import Reading
from gongkai.reports.summing import settle

TOPIC = "reports.read"
AT_ONCE_BYTES = 400_000
"""What is larger is read by the worker: a page is not kept waiting for it."""
AT_ONCE_CHARACTERS = 200_000


@dataclass(frozen=True)
class Added:
    reading: Reading
    is_new: bool


def add_file(
    *, by: Scope, agency: Agency, name: str, data: bytes, now: datetime | None = None
) -> Added:
    """Have a file read for an agency; the same file again is the reading that is there.

    Raises PermissionDenied, and Unreadable where a small file holds no report: nothing
    of it is kept then. A large one is looked at later.
    """
    if not permissions.can_add(by, agency):
        raise PermissionDenied
    digest = hashlib.sha256(data).hexdigest()
    known = Reading.objects.filter(agency=agency, stored__sha256=digest).first()
    if known is not None:
        return Added(known, is_new=False)
    source = sources.Source(name[:300], data)
    text = source.text if len(data) <= AT_ONCE_BYTES else None
    # A small package may hold a long text.
    is_short = text is not None and len(text.text) <= AT_ONCE_CHARACTERS
    report = compared(agency, text) if text and is_short else None
    # Before the transaction: a large upload must not hold the database's only lock.
    stored = files.store([data])
    with transaction.atomic():
        reading, is_new = Reading.objects.get_or_create(
            agency=agency,
            stored=stored,
            defaults={
                "name": name[:300],
                "added_by_id": by.user_id,
                "added_at": now or timezone.now(),
            },
        )
        if is_new:
            _begin(by, reading, report, now)
    return Added(reading, is_new)


def add_item(*, by: Scope, item: Item, now: datetime | None = None) -> Added:
    """Have the public version of an annual report read. Raises as ``add_file``."""
    if not permissions.can_add(by, item.agency):
        raise PermissionDenied
    public = Item.objects.visible_to_public().filter(kind=Kind.ANNUAL_REPORT)
    fresh = public.select_related("agency", "live").filter(pk=item.pk).first()
    if fresh is None or fresh.live is None:
        raise Unreadable(_("This report is not public any more, so it cannot be read."))
    return _add_version(by=by, item=fresh, now=now)


def _add_version(*, by: Scope, item: Item, now: datetime | None) -> Added:
    version = item.shown
    known = Reading.objects.filter(version=version).first()
    if known is not None:
        return Added(known, is_new=False)
    is_small = sources.size_of(version) <= AT_ONCE_BYTES
    best = sources.best_of(version) if is_small else None
    report = compared(item.agency, best.source) if best else None
    with transaction.atomic():
        reading, is_new = Reading.objects.get_or_create(
            version=version,
            defaults={
                "agency": item.agency,
                "item": item,
                "name": version.title[:300],
                "added_by_id": by.user_id,
                "added_at": now or timezone.now(),
            },
        )
        if is_new:
            _begin(by, reading, report, now)
    return Added(reading, is_new)


def _begin(
    by: Scope, reading: Reading, report: Report | None, now: datetime | None
) -> None:
    if report is None:
        enqueue(TOPIC, key=f"{reading.pk}", payload={"reading": reading.pk})
    else:
        _keep(reading, report, now)
    audit.record(
        "reading.added",
        about=reading,
        user_id=by.user_id,
        agency_id=reading.agency_id,
        data={
            "sha256": reading.stored.sha256 if reading.stored else None,
            "version": reading.version_id,
        },
        at=now,
    )


def read_waiting(reading_id: int, now: datetime | None = None) -> None:
    """The worker's part. Safe to run again: what was read is not read twice."""
    reading = Reading.objects.select_related("agency", "stored", "version").get(
        pk=reading_id
    )
    if reading.state != Reading.State.WAITING:
        return
    try:
        report = compared(reading.agency, _first_text(reading))
    except Unreadable as error:
        _fail(reading, error.sentence)
        return
    with transaction.atomic():
        locked = Reading.objects.select_for_update().get(pk=reading_id)
        if locked.state == Reading.State.WAITING:
            _keep(locked, report, now)
            audit.record(
                "reading.read",
                about=locked,
                user_id=None,
                agency_id=locked.agency_id,
                data={"reader": locked.reader},
            )


def _first_text(reading: Reading) -> SourceText:
    if reading.version is not None:
        return sources.best_of(reading.version).source
    if reading.stored is None:
        raise ValueError(f"reading {reading.pk} has no source")
    return sources.stored_source(reading.name, reading.stored).text


@transaction.atomic
def _fail(reading: Reading, sentence: str) -> None:
    locked = Reading.objects.select_for_update().get(pk=reading.pk)
    if locked.state != Reading.State.WAITING:
        return
    locked.state, locked.problem = Reading.State.UNREADABLE, sentence[:400]
    locked.save(update_fields=["state", "problem"])
    audit.record(
        "reading.failed", about=locked, user_id=None, agency_id=locked.agency_id
    )


def read_again(*, by: Scope, reading: Reading, now: datetime | None = None) -> bool:
    """Read the same text with the reader of today; verdicts stay.

    True where it was done at once, False where the worker does it. Raises
    PermissionDenied, NotReadNow.
    """
    if not permissions.can_judge(by, reading):
        raise PermissionDenied
    if reading.state == Reading.State.WAITING:
        raise NotReadNow
    if reading.state == Reading.State.UNREADABLE:
        _try_again(by, reading, now or timezone.now())
        return False
    if len(reading.text) <= AT_ONCE_CHARACTERS:
        renew(reading.pk, by=by, now=now)
        return True
    with transaction.atomic():
        stamp = int((now or timezone.now()).timestamp())
        enqueue(
            TOPIC,
            key=f"{reading.pk} again {stamp}",
            payload={"reading": reading.pk, "again": True, "user": by.user_id},
        )
        _say_read_again(by, reading)
    return False


@transaction.atomic
def _try_again(by: Scope, reading: Reading, now: datetime) -> None:
    """A file that could not be read, for a reader that may have learned."""
    tried = Reading.objects.filter(pk=reading.pk, state=Reading.State.UNREADABLE)
    if not tried.update(state=Reading.State.WAITING, problem=""):
        return
    key = f"{reading.pk} again {int(now.timestamp())}"
    enqueue(TOPIC, key=key, payload={"reading": reading.pk})
    _say_read_again(by, reading)


def renew(reading_id: int, *, by: Scope | None, now: datetime | None = None) -> None:
    reading = Reading.objects.select_related("agency").get(pk=reading_id)
    if not reading.is_read:
        return
    report = compared(reading.agency, text_of(reading))
    with transaction.atomic():
        locked = Reading.objects.select_for_update().get(pk=reading_id)
        _keep(locked, report, now)
        if by is not None:
            _say_read_again(by, locked)


def _say_read_again(by: Scope, reading: Reading) -> None:
    audit.record(
        "reading.read_again",
        about=reading,
        user_id=by.user_id,
        agency_id=reading.agency_id,
        data={"reader": reader_version()},
    )


def text_of(reading: Reading) -> SourceText:
    """The text as it was first read."""
    return SourceText(reading.name, reading.text, reading.kind)  # type: ignore[arg-type]


def _keep(reading: Reading, report: Report, now: datetime | None) -> None:
    """Everything that was read, in the caller's transaction: all of it or nothing."""
    told = report.recognition
    if not reading.text:
        reading.text = report.source.text
        reading.text_sha256 = _sha256(reading.text)
        reading.kind = report.source.kind
        if reading.version_id is not None:
            reading.name = report.source.name[:300]
    reading.read_at, reading.reader = now or timezone.now(), reader_version()
    reading.title, reading.agency_read = told.title[:300], told.agency[:200]
    reading.year, reading.regime = told.year, told.regime or ""
    reading.form = report.form or ""
    reading.state = Reading.State.OPEN
    reading.save()
    carrying.keep_claims(reading, report.claims)
    carrying.keep_findings(reading, report.findings)
    settle(reading)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_corrected(now: datetime | None = None) -> int:
    """Read the new version of every read report that was corrected since.

    Without it a correction would take the figures off the public page for good.
    """
    done = 0
    corrected = (
        Item.objects.visible_to_public()
        .filter(
            kind=Kind.ANNUAL_REPORT,
            readings__isnull=False,
            live__reading__isnull=True,
        )
        .select_related("agency", "live")
        .distinct()
    )
    for item in corrected[:20]:
        _read_corrected(item, now)
        done += 1
    return done


def _read_corrected(item: Item, now: datetime | None) -> None:
    try:
        _add_version(by=SYSTEM, item=item, now=now)
    except Unreadable as error:
        reading = Reading.objects.create(
            agency=item.agency,
            item=item,
            version=item.live,
            name=item.shown.title[:300],
            added_at=now or timezone.now(),
        )
        _fail(reading, error.sentence)
