"""The acts of the person who brings a file: begin, map and try, bring in, discard."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.audit import services as audit
from gongkai.registry.imports import guessing, keeping, tables
from gongkai.registry.imports.importers import Importer
from gongkai.registry.models import ImportHeading, ImportRow, ImportRun
from gongkai.registry.outbox import enqueue
from gongkai.registry.sealing import new_key

CHECK, COMMIT = "imports.check", "imports.commit"
KEPT = timedelta(days=7)
"""How long a file that nobody brings in, and the rows that stayed out, are kept."""
MOST_SHEETS = 20
"""Sheets that are looked at for the headings."""
S = ImportRun.State
OPEN = (S.UPLOADED, S.CHECKING, S.CHECKED, S.IMPORTING)


class NotNow(Exception):
    """The run is past this step; its page says where it is."""


class BadMapping(Exception):
    """Columns cannot be taken so; the sentences name them and the remedy."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def begin(
    *, importer: Importer, agency_id: int, user_id: int, name: str, data: bytes
) -> ImportRun:
    """Keep the file sealed, with the headings found; raises tables.NotReadable."""
    sheet, header_row = _found(importer, data)
    file_key, rows_key = new_key(), new_key()
    stored = keeping.keep(file_key, data)
    with transaction.atomic():
        run = ImportRun.objects.create(
            importer=importer.key,
            agency_id=agency_id,
            user_id=user_id,
            language=get_language() or "zh-hans",
            sha256=hashlib.sha256(data).hexdigest(),
            stored=stored,
            file_key=file_key,
            rows_key=rows_key,
            sealed_name=keeping.sealed_name(rows_key, name),
            sheet=sheet,
            header_row=header_row,
        )
        _record("import.begun", run, {"sha256": run.sha256})
    return run


def _found(importer: Importer, data: bytes) -> tuple[int, int]:
    """The sheet and row that look most like the ledger's headings."""
    found = []
    for sheet in range(min(len(tables.sheet_names(data)), MOST_SHEETS)):
        rows = tables.head_of(data, sheet, guessing.LOOKED_AT)
        if rows:
            header = guessing.find_header(rows, importer.columns)
            known = len(guessing.guess(dict(rows)[header], importer.columns, {}))
            found.append((known, -sheet, header))
    if not found:
        raise tables.NotReadable(_("The file holds no row."))
    _known, sheet, header = max(found)
    return -sheet, header


def remembered(importer: Importer, agency_id: int) -> dict[str, str]:
    """Field by index of the heading, as the agency mapped its files before."""
    rows = ImportHeading.objects.filter(importer=importer.key, agency_id=agency_id)
    return dict(rows.values_list("heading", "field"))


def map_columns(
    *,
    run: ImportRun,
    importer: Importer,
    sheet: int,
    header_row: int,
    headings: tables.Row,
    mapping: Mapping[str, int],
) -> None:
    """Take the mapping, remember it, and promise a trial; raises BadMapping, NotNow."""
    _check_mapping(importer, mapping)
    with transaction.atomic():
        run = _held(run, S.UPLOADED, S.CHECKED)
        run.rows.all().delete()
        run.sheet, run.header_row, run.mapping = sheet, header_row, dict(mapping)
        run.sealed_headings = keeping.sealed_headings(run, headings)
        run.state, run.trial, run.total = S.CHECKING, run.trial + 1, None
        run.save()
        _remember(run, headings)
        enqueue(CHECK, key=f"{run.pk}-{run.trial}", payload={"run": run.pk})


def bring_in(*, run: ImportRun) -> None:
    """Promise that the good rows come in; raises NotNow, BadMapping for none."""
    with transaction.atomic():
        run = _held(run, S.CHECKED)
        if not run.rows.filter(state="good").exists():
            raise BadMapping(_("No row can come in. Correct the file first."))
        run.state = S.IMPORTING
        run.save(update_fields=["state"])
        enqueue(COMMIT, key=str(run.pk), payload={"run": run.pk})


def discard(*, run: ImportRun) -> None:
    """Destroy the file and all that was read of it; raises NotNow once rows come in."""
    with transaction.atomic():
        run = _held(run, S.UPLOADED, S.CHECKED, S.REFUSED, S.CHECKING)
        run.state, run.ended_at = S.DISCARDED, timezone.now()
        _destroy(run)
        _record("import.discarded", run, {"sha256": run.sha256})


def sweep(now: datetime | None = None) -> int:
    """Destroy what is older than KEPT; for a repeated job. Returns how many runs."""
    before = (now or timezone.now()) - KEPT
    old = ImportRun.objects.filter(began_at__lt=before, rows_key__isnull=False)
    ids = list(old.values_list("pk", flat=True))
    for pk in ids:
        _destroy_old(pk)
    return len(ids)


@transaction.atomic
def _destroy_old(pk: int) -> None:
    """Also of a run that the worker gave up: what came in of it is told here."""
    run = ImportRun.objects.select_for_update().get(pk=pk)
    data: dict[str, object] = {"sha256": run.sha256}
    if run.state in OPEN:
        run.state, run.ended_at = S.DISCARDED, timezone.now()
        run.manifest, data["count"] = manifest_of(run)
        data["manifest"] = run.manifest
    _destroy(run)
    _record("import.destroyed", run, data)


def manifest_of(run: ImportRun) -> tuple[str, int]:
    """SHA-256 over what came in, row by row, and how many rows that were.

    One line each: number of the row, its key, id of its record.
    """
    digest, count = hashlib.sha256(), 0
    came = run.rows.filter(state=ImportRow.State.DONE).order_by("number")
    for row in came.values_list("number", "key", "record_id").iterator(2000):
        digest.update("\t".join(map(str, row)).encode() + b"\n")
        count += 1
    return digest.hexdigest(), count


def _destroy(run: ImportRun) -> None:
    keeping.destroy_file(run)
    run.rows_key = run.sealed_headings = None
    run.rows.update(sealed=None)
    run.save()


def _held(run: ImportRun, *states: str) -> ImportRun:
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.state not in states:
        raise NotNow
    return held


def _check_mapping(importer: Importer, mapping: Mapping[str, int]) -> None:
    missing = [
        str(column.label)
        for column in importer.columns
        if column.required and column.name not in mapping
    ]
    wrong = []
    if missing:
        wrong.append(
            _("Choose a column for: %(fields)s.") % {"fields": _(", ").join(missing)}
        )
    places = list(mapping.values())
    if len(set(places)) < len(places):
        wrong.append(_("One column fills two fields. Choose another for one of them."))
    if wrong:
        raise BadMapping(*wrong)


def _remember(run: ImportRun, headings: tables.Row) -> None:
    fields = {place: field for field, place in run.mapping.items()}
    for place, heading in enumerate(headings):
        index = guessing.heading_index(heading)
        if index:
            ImportHeading.objects.update_or_create(
                importer=run.importer,
                agency_id=run.agency_id,
                heading=index,
                defaults={"field": fields.get(place, "")},
            )


def _record(verb: str, run: ImportRun, data: Mapping[str, object]) -> None:
    audit.record(
        verb, about=run, user_id=run.user_id, agency_id=run.agency_id, data=data
    )
