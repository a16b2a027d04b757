"""What the worker does: try the rows, bring the good ones in, destroy what is old.

Both promises can be taken up again by another worker at any row: a trial goes on behind
the last row that it kept, and a row comes in in the transaction that marks it so.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gongkai.audit import services as audit
from gongkai.registry.imports import keeping, services, tables
from gongkai.registry.imports.importers import (
    BadRow,
    Parsed,
    RowError,
    Taking,
    importer_for,
)
from gongkai.registry.models import ImportRow, ImportRun
from gongkai.registry.outbox import Lease, handles
from gongkai.registry.schedules import repeats
from gongkai.registry.sealing import CannotOpen

TRIED_AT_ONCE = 200
BROUGHT_AT_ONCE = 25
R, S = ImportRow.State, ImportRun.State
NumberedRow = tuple[int, tables.Row]


@handles(services.CHECK)
def check(lease: Lease) -> None:
    """The dry run: every row is read, and what stands against it is kept."""
    run = _run(lease, S.CHECKING)
    if run is None:
        return
    with translation.override(run.language):
        try:
            _Trial(run).go(lease)
        except (tables.NotReadable, PermissionDenied, CannotOpen):
            state = S.REFUSED
        else:
            state = S.CHECKED
    ImportRun.objects.filter(pk=run.pk, state=S.CHECKING).update(
        state=state, total=run.rows.count()
    )


@handles(services.COMMIT)
def commit(lease: Lease) -> None:
    """Bring the good rows in, batch by batch; the last transaction ends the run."""
    run = _run(lease, S.IMPORTING)
    if run is None:
        return
    with translation.override(run.language):
        try:
            taking = _taking(run)
        except PermissionDenied:
            ImportRun.objects.filter(pk=run.pk).update(state=S.REFUSED)
            return
        waiting = set(run.rows.filter(state=R.GOOD).values_list("number", flat=True))
        rows = (row for row in _rows(run) if row[0] in waiting)
        for batch in _batches(rows, BROUGHT_AT_ONCE):
            _bring_in(run, taking, batch)
            lease.renew()
        _end(run)


repeats("imports.sweep", every=timedelta(hours=6))(services.sweep)


class _Trial:
    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.taking = _taking(run)
        kept = run.rows.order_by("number").values_list("number", "key")
        self.last = max((number for number, _key in kept), default=0)
        # The row in which a key stood first.
        self.seen: dict[str, int] = {}
        for number, key in kept:
            if key:
                self.seen.setdefault(key, number)

    def go(self, lease: Lease) -> None:
        rows = (row for row in _rows(self.run) if row[0] > self.last)
        for batch in _batches(rows, TRIED_AT_ONCE):
            found = [self._tried(number, cells) for number, cells in batch]
            self._mark_known(found)
            ImportRow.objects.bulk_create(found)
            lease.renew()

    def _tried(self, number: int, cells: tables.Row) -> ImportRow:
        row = ImportRow(run=self.run, number=number, state=R.GOOD)
        try:
            row.key = self.taking.parse(_by_field(self.run, cells)).key
            first = self.seen.setdefault(row.key, number)
            if first != number:
                raise BadRow([_twice(first)])
        except BadRow as bad:
            _stays_out(self.run, row, cells, bad.errors)
        return row

    def _mark_known(self, rows: Iterable[ImportRow]) -> None:
        good = {row.key: row for row in rows if row.state == R.GOOD}
        for key, record_id in self.taking.known(good).items():
            good[key].state, good[key].record_id = R.KNOWN, record_id


def _twice(first: int) -> RowError:
    sentence = _(
        "The same record stands in row %(row)s. Take one out, or correct the number."
    )
    return RowError("", "", sentence % {"row": first})


@transaction.atomic
def _bring_in(run: ImportRun, taking: Taking, batch: list[NumberedRow]) -> None:
    """The rows of a batch that still wait. Another worker's are waited for, then
    found done."""
    ImportRun.objects.select_for_update().get(pk=run.pk)
    numbers = [number for number, _cells in batch]
    waiting = {row.number: row for row in run.rows.filter(number__in=numbers)}
    for number, cells in batch:
        row = waiting[number]
        if row.state != R.GOOD:
            continue
        try:
            with transaction.atomic():
                _bring_in_one(taking, row, taking.parse(_by_field(run, cells)))
        except BadRow as bad:
            _stays_out(run, row, cells, bad.errors)
        row.save()


def _bring_in_one(taking: Taking, row: ImportRow, parsed: Parsed) -> None:
    known = taking.known([parsed.key])
    if known:
        row.state, row.record_id = R.KNOWN, known[parsed.key]
    else:
        row.state, row.record_id = R.DONE, taking.apply(parsed)


@transaction.atomic
def _end(run: ImportRun) -> None:
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != S.IMPORTING:
        return
    run.state, run.ended_at = S.DONE, timezone.now()
    run.manifest, count = services.manifest_of(run)
    keeping.destroy_file(run)
    run.save()
    audit.record(
        "import.done",
        about=run,
        user_id=run.user_id,
        agency_id=run.agency_id,
        data={"file": run.sha256, "manifest": run.manifest, "count": count},
    )


def _stays_out(
    run: ImportRun, row: ImportRow, cells: tables.Row, errors: Iterable[RowError]
) -> None:
    row.state = R.BAD
    row.sealed = keeping.sealed_row(run, keeping.Kept(cells, tuple(errors)))


def _run(lease: Lease, state: str) -> ImportRun | None:
    """The run that was promised; None where it has moved on since."""
    runs = ImportRun.objects.select_related("stored")
    run = runs.filter(pk=int(str(lease.payload["run"]))).first()
    return run if run is not None and run.state == state else None


def _taking(run: ImportRun) -> Taking:
    importer = importer_for(run.importer)
    return importer.take(agency_id=run.agency_id, user_id=run.user_id, run_id=run.pk)


def _rows(run: ImportRun) -> Iterator[NumberedRow]:
    rows = tables.rows_of(keeping.data_of(run), run.sheet)
    return (row for row in rows if row[0] > run.header_row)


def _by_field(run: ImportRun, cells: tables.Row) -> Mapping[str, str]:
    return {
        field: cells[place] if place < len(cells) else ""
        for field, place in run.mapping.items()
    }


def _batches(rows: Iterable[NumberedRow], size: int) -> Iterator[list[NumberedRow]]:
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch
