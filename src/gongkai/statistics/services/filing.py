"""Preparing a return and filing it: what is filed is frozen with what made it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai import returns
from gongkai.agencies.models import Agency
from gongkai.agencies.scope import Scope
from gongkai.audit import services as audit
from gongkai.registry.measures import Figure, Period
from gongkai.statistics import (
    deadlines,
    entries,
    figures,
    filed,
    provenance,
    sums,
)
from gongkai.statistics.exceptions import BadFigure, FilingRefused, MovedOn, NotReady
from gongkai.statistics.figures import Cell, ComputedForm
from gongkai.statistics.models import Explanation, Filing, FilingCell, Override, Reach
from gongkai.statistics.permissions import can_file, can_prepare


@dataclass(frozen=True)
class Foot:
    """The foot of the form, as it is signed."""

    head: str
    reviewer: str
    filer: str
    phone: str
    filled_on: date


def begin(
    *,
    by: Scope,
    agency: Agency,
    form: returns.Form,
    period: Period,
    public_note: str = "",
    reach: Reach = Reach.OWN,
    is_uploaded: bool = False,
    now: datetime | None = None,
) -> Filing:
    """Start a return, or the next version of one; the draft that is there if any.

    A returned version hands its overrides and notes on. Raises FilingRefused for a
    body that no longer exists and while a version waits for the parent; BadFigure
    where a correction of what was accepted has no public note.
    """
    if not can_prepare(by, agency):
        raise PermissionDenied
    _check_agency(agency, period)
    now = now or timezone.now()
    try:
        with transaction.atomic():
            wanted = Filing(
                agency=agency,
                form=form.name,
                reach=reach,
                first=period.first,
                last=period.last,
                is_uploaded=is_uploaded,
                public_note=public_note.strip(),
                as_of=now,
                begun_at=now,
                begun_by_id=by.user_id,
            )
            return _begin(by, wanted)
    except IntegrityError:
        # Two people began at the same moment: both go on with the same draft.
        return Filing.objects.get(
            agency=agency,
            form=form.name,
            reach=reach,
            first=period.first,
            last=period.last,
            state=Filing.State.DRAFT,
        )


def _begin(by: Scope, wanted: Filing) -> Filing:
    newest = filed.versions(wanted).first()
    if newest is not None and newest.is_draft:
        return newest
    if newest is not None and newest.state == Filing.State.FILED:
        raise MovedOn(_("It is filed and waits for the parent's word. Wait for it."))
    is_correction = newest is not None and newest.state == Filing.State.ACCEPTED
    if is_correction and not wanted.public_note:
        raise BadFigure(
            "public_note", _("Write what the correction changes; everybody reads it.")
        )
    wanted.version = newest.version + 1 if newest else 1
    wanted.due_on = deadlines.due_on(wanted.agency, wanted.period)
    wanted.save(force_insert=True)
    if newest is not None:
        _hand_on(newest, wanted)
    _record("filing.begun", wanted, by, {"version": wanted.version})
    return wanted


def _check_agency(agency: Agency, period: Period) -> None:
    if not agency.exists_on(period.last):
        told = {"agency": agency.name, "day": period.last.isoformat()}
        sentence = _(
            "%(agency)s did not exist on %(day)s, the last day of the period. The body "
            "that took over its work files."
        )
        if agency.merged_into is not None:
            told["successor"] = agency.merged_into.name
            sentence = _(
                "%(agency)s did not exist on %(day)s, the last day of the period. "
                "%(successor)s took over its work and files."
            )
        raise FilingRefused(sentence % told)


def _hand_on(older: Filing, newer: Filing) -> None:
    kept = filed.overrides_of(older).values()
    Override.objects.bulk_create(
        Override(
            filing=newer,
            key=one.key,
            computed=one.computed,
            value=one.value,
            reason=one.reason,
            by_id=one.by_id,
            at=one.at,
        )
        for one in kept
    )
    notes = filed.explained(older).values()
    Explanation.objects.bulk_create(
        Explanation(
            filing=newer,
            relation=one.relation,
            message=one.message,
            note=one.note,
            by_id=one.by_id,
            at=one.at,
        )
        for one in notes
    )


@transaction.atomic
def refresh(*, by: Scope, filing: Filing, now: datetime | None = None) -> Filing:
    """Count again as of now: what was entered since comes in."""
    filing = _draft(by, filing)
    filing.as_of = now or timezone.now()
    filing.save(update_fields=["as_of"])
    _record("filing.counted", filing, by, {})
    return filing


@transaction.atomic
def override(
    *,
    by: Scope,
    filing: Filing,
    key: str,
    value: Decimal | int | str | None,
    reason: str,
    now: datetime | None = None,
) -> Override:
    """Put a value in the place of the computed one; None takes the last one back.

    Raises BadFigure without a reason, or for a value that cannot stand in its row.
    """
    filing = _draft(by, filing)
    form = filed.form_of(filing)
    if not reason.strip():
        raise BadFigure(
            "reason", _("Write why; the computed figure stays beside it for ever.")
        )
    put = None if value is None else read(form, key, value)
    computed = filed.computed_values(filing, filing.as_of).get(key)
    made = Override.objects.create(
        filing=filing,
        key=key,
        computed=computed,
        value=put,
        reason=reason.strip(),
        by_id=by.user_id,
        at=now or timezone.now(),
    )
    told = {"key": key, "value": str(put), "computed": str(computed)}
    _record("filing.overridden", filing, by, told)
    return made


def read(form: returns.Form, key: str, value: object) -> Figure:
    found = returns.read_value(form, key, value)
    if isinstance(found, returns.ValueProblem):
        raise BadFigure("value", found.message)
    if found is None:
        raise BadFigure("value", _("Enter a figure."))
    return found


@transaction.atomic
def explain(
    *,
    by: Scope,
    filing: Filing,
    relation: str,
    note: str,
    now: datetime | None = None,
) -> Explanation:
    """Note why a warning is right as it stands; other numbers need another note."""
    filing = _draft(by, filing)
    if not note.strip():
        raise BadFigure("note", _("Write why the figures are right all the same."))
    warnings = {str(one.relation): one for one in filed.draft(filing).result.warnings}
    if relation not in warnings:
        raise MovedOn(_("This relation holds now; there is nothing to explain."))
    made = Explanation.objects.create(
        filing=filing,
        relation=relation,
        message=warnings[relation].message,
        note=note.strip(),
        by_id=by.user_id,
        at=now or timezone.now(),
    )
    _record("filing.explained", filing, by, {"relation": relation})
    return made


@transaction.atomic
def file(
    *, by: Scope, filing: Filing, foot: Foot, now: datetime | None = None
) -> Filing:
    """Sign and file: check, freeze every cell with its records, seal with a hash.

    Of two people who file at once the second gets MovedOn. Raises NotReady with every
    error, and with every warning that has no note.
    """
    filing = locked(filing)
    if not can_file(by, filing):
        raise PermissionDenied
    if not filing.is_draft:
        raise MovedOn(_moved_on(filing))
    _check_foot(foot)
    now = now or timezone.now()
    computed = filed.draft(filing)
    _check_relations(filing, computed)
    cells = _freeze(filing, computed)
    for name, value in vars(foot).items():
        setattr(filing, name, value)
    filing.state = Filing.State.FILED
    filing.filed_by_id, filing.filed_at = by.user_id, now
    filing.due_on = deadlines.due_on(filing.agency, filing.period)
    filing.is_late = _is_late(filing)
    filing.agency_name = filing.agency.name
    filing.warnings = len(computed.result.warnings)
    filing.content_hash = filed.content_hash(filing, cells)
    filing.save()
    _record("filing.filed", filing, by, {"hash": filing.content_hash}, at=now)
    return filing


def _check_foot(foot: Foot) -> None:
    for name, value in vars(foot).items():
        if not str(value).strip():
            label = str(getattr(Filing._meta.get_field(name), "verbose_name", name))
            told = {"field": label}
            raise BadFigure(name, _("%(field)s is empty. Enter it.") % told)


def _check_relations(filing: Filing, computed: ComputedForm) -> None:
    noted = filed.explained(filing)
    missing = [
        one
        for one in computed.result.warnings
        if (str(one.relation), one.message) not in noted
    ]
    if computed.result.errors or missing:
        raise NotReady(
            *(one.message for one in computed.result.errors),
            *(
                _("Explain this warning first: %(warning)s") % {"warning": one.message}
                for one in missing
            ),
        )


def _freeze(filing: Filing, computed: ComputedForm) -> list[FilingCell]:
    cells = [_frozen(filing, cell) for cell in computed.by_key.values()]
    FilingCell.objects.bulk_create(cells)
    return cells


def _frozen(filing: Filing, cell: Cell) -> FilingCell:
    key = str(cell.row.key)
    model, records = _traced(filing, cell)
    return FilingCell(
        filing=filing,
        key=key,
        computed=_decimal(cell.computed),
        value=_decimal(cell.value),
        reason=cell.reason,
        ledger=cell.ledger,
        record_model=model,
        records=records,
    )


def _traced(filing: Filing, cell: Cell) -> tuple[str, bytes]:
    key = str(cell.row.key)
    measure = entries.measure_of(key)
    if not cell.computed or filing.is_uploaded or measure is None:
        return "", b""
    if filing.is_sum:
        ids = sums.parts(sums.of_filing(filing), key).values_list("filing", flat=True)
        return Filing._meta.label, provenance.pack(ids)
    asked = figures.asked_for(filing.agency, filing.period, filing.as_of)
    return provenance.trace(measure, asked)


def _decimal(value: Figure | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _is_late(filing: Filing) -> bool:
    """A correction of what was accepted is not late."""
    if filed.versions(filing).filter(state=Filing.State.ACCEPTED).exists():
        return False
    on = timezone.localdate(filing.filed_at)
    return filing.due_on is not None and on > filing.due_on


def locked(filing: Filing) -> Filing:
    """The return as it is now, held until the act is done."""
    return (
        Filing.objects.select_for_update(of=("self",))
        .select_related("agency")
        .get(pk=filing.pk)
    )


def _draft(by: Scope, filing: Filing) -> Filing:
    filing = locked(filing)
    if not can_prepare(by, filing.agency):
        raise PermissionDenied
    if not filing.is_draft:
        raise MovedOn(_moved_on(filing))
    return filing


def _moved_on(filing: Filing) -> str:
    name = filing.filed_by.person.name if filing.filed_by else "—"
    at = timezone.localtime(filing.filed_at) if filing.filed_at else None
    return _("%(name)s filed it at %(moment)s. Nothing was changed.") % {
        "name": name,
        "moment": f"{at:%Y-%m-%d %H:%M}" if at else "—",
    }


def _record(
    verb: str,
    filing: Filing,
    by: Scope,
    data: Mapping[str, object],
    at: datetime | None = None,
) -> None:
    audit.record(
        verb,
        about=filing,
        user_id=by.user_id,
        agency_id=filing.agency_id,
        data=data,
        at=at,
    )
