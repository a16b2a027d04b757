"""Reading returns: what stands, its figures, and a draft as it would be filed."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from gongkai import returns
from gongkai.agencies.models import Agency
from gongkai.registry.measures import Figure, Period
from gongkai.statistics import entries, figures, sums
from gongkai.statistics.figures import ComputedForm, Previous, Values
from gongkai.statistics.models import Explanation, Filing, FilingCell, Override, Reach

STANDING = (Filing.State.FILED, Filing.State.ACCEPTED)


@dataclass(frozen=True)
class Quality:
    """The quality line of a return: where its figures come from."""

    computed: int
    by_hand: int
    overridden: int
    unknown: int
    explained: int


def current(
    agency: Agency, period: Period, form: str = "", reach: Reach = Reach.OWN
) -> Filing | None:
    """The version that stands: the newest accepted, else the one that waits."""
    condition = Q(form=form) if form else Q()
    found = Filing.objects.filter(
        condition,
        agency=agency,
        reach=reach,
        first=period.first,
        last=period.last,
        state__in=STANDING,
    )
    # "accepted" comes before "filed".
    return found.order_by("state", "-version").first()


def values_of(filing: Filing) -> dict[str, Figure | None]:
    """As filed. One query."""
    rows = FilingCell.objects.filter(filing=filing).values_list("key", "value")
    return {key: figure(key, value) for key, value in rows}


def figure(key: str, value: Decimal | None) -> Figure | None:
    return None if value is None else entries.as_figure(key, value)


def filed_values(
    agency: Agency, period: Period, reach: Reach = Reach.OWN
) -> Values | None:
    """The figures filed for a period; None where nothing was. Two queries.

    None, too, for a body that began after it: what it carried in was another body's.
    """
    if agency.established_on and agency.established_on > period.last:
        return None
    filing = current(agency, period, reach=reach)
    return values_of(filing) if filing else None


def before(filing: Filing) -> Previous:
    """The figures of the year before, for the relations across years."""
    return year_before(filing.agency, filing.period, Reach(filing.reach))


def year_before(agency: Agency, period: Period, reach: Reach) -> Previous:
    """As filed for the year before a year; with those of bodies merged in since.

    Some three queries, two more for each merger.
    """
    if period != Period.year(period.first.year):
        return figures.NOTHING_BEFORE
    older = Period.year(period.first.year - 1)
    own = filed_values(agency, older, reach)
    if reach is not Reach.OWN:
        return Previous(own)
    own_row = Agency.objects.filter(pk=agency.pk)
    merged = list(sums.merged_in(period, own_row))
    parts = [own, *(filed_values(one, older) for one in merged)]
    return Previous(_added(parts), is_same_body=not merged)


def _added(parts: Collection[Values | None]) -> Values | None:
    """Each figure that all of them give; None where one gives none at all."""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    keys = [key for key in known[0] if all(part.get(key) is not None for part in known)]
    return {key: sum(part[key] or 0 for part in known) for key in keys}


def form_of(filing: Filing) -> returns.Form:
    return returns.load_form(filing.form)


# The draft


def overrides_of(filing: Filing) -> Mapping[str, Override]:
    """The newest of each cell that stands."""
    newest = {one.key: one for one in filing.overrides.all()}
    return {key: one for key, one in newest.items() if one.value is not None}


def draft(filing: Filing, as_of: datetime | None = None) -> ComputedForm:
    """What would be filed now: the ledgers as of the draft's moment, and overrides."""
    form, moment = form_of(filing), as_of or filing.as_of
    computed = computed_values(filing, moment)
    overrides = overrides_of(filing)
    put = {key: figure(key, one.value) for key, one in overrides.items()}
    return figures.judged(
        form,
        filing.agency,
        filing.period,
        moment,
        {**computed, **put},
        before(filing),
        computed,
        {key: one.reason for key, one in overrides.items()},
    )


def computed_values(filing: Filing, as_of: datetime) -> dict[str, Figure | None]:
    """From the ledgers; for a sum, from the returns of its parts."""
    form = form_of(filing)
    if filing.is_uploaded:
        return dict.fromkeys(form.by_key)
    if filing.is_sum:
        return sums.totals(form, sums.of_filing(filing))
    asked = figures.asked_for(filing.agency, filing.period, as_of)
    return figures.form_values(form, asked)


def frozen(filing: Filing) -> ComputedForm:
    """The return as it was filed, held against the relations again."""
    cells = list(filing.cells.all())
    return figures.judged(
        form_of(filing),
        filing.agency,
        filing.period,
        filing.as_of,
        {cell.key: figure(cell.key, cell.value) for cell in cells},
        before(filing),
        {cell.key: figure(cell.key, cell.computed) for cell in cells},
        {cell.key: cell.reason for cell in cells},
    )


def shown(filing: Filing) -> ComputedForm:
    return draft(filing) if filing.is_draft else frozen(filing)


def explained(filing: Filing) -> Mapping[tuple[str, str], Explanation]:
    """The newest note of each warning, by the relation and its numbers."""
    return {(one.relation, one.message): one for one in filing.explanations.all()}


def quality(computed: ComputedForm, notes: int) -> Quality:
    cells = list(computed.by_key.values())
    known = [cell for cell in cells if cell.value is not None]
    by_hand = [cell for cell in known if cell.ledger == entries.LEDGER]
    overridden = [
        cell
        for cell in known
        if cell.computed is not None and cell.value != cell.computed
    ]
    return Quality(
        computed=len(known) - len(by_hand),
        by_hand=len(by_hand),
        overridden=len(overridden),
        unknown=len(cells) - len(known),
        explained=notes,
    )


def differences(filing: Filing, as_of: datetime) -> list[tuple[str, Figure, Figure]]:
    """Cells that the ledgers would give otherwise now: (key, filed, now).

    Only cells that a ledger gave when it was filed; an override stays its own.
    """
    now = computed_values(filing, as_of)
    found = []
    for cell in filing.cells.all():
        then, today = figure(cell.key, cell.computed), now.get(cell.key)
        if then is not None and today is not None and then != today:
            found.append((cell.key, then, today))
    return found


# The seal


def content_hash(filing: Filing, cells: list[FilingCell]) -> str:
    """SHA-256 over everything that was filed, provenance and notes included."""
    told = {
        "agency": [filing.agency_id, filing.agency_name],
        "form": filing.form,
        "reach": filing.reach,
        "period": [filing.first.isoformat(), filing.last.isoformat()],
        "version": filing.version,
        "as_of": filing.as_of.timestamp(),
        "note": filing.public_note,
        "foot": [
            *(filing.head, filing.reviewer, filing.filer, filing.phone),
            filing.filled_on.isoformat() if filing.filled_on else "",
        ],
        "cells": [
            [
                *(cell.key, _text(cell.computed), _text(cell.value), cell.reason),
                *(cell.ledger, cell.record_model),
                hashlib.sha256(bytes(cell.records)).hexdigest(),
            ]
            for cell in sorted(cells, key=lambda cell: cell.key)
        ],
        "notes": [
            [relation, message, one.note]
            for (relation, message), one in sorted(explained(filing).items())
        ],
    }
    data = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(data.encode()).hexdigest()


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}"


def is_intact(filing: Filing) -> bool:
    """The return still is what was filed, byte for byte."""
    return content_hash(filing, list(filing.cells.all())) == filing.content_hash


def versions(filing: Filing) -> QuerySet[Filing]:
    return Filing.objects.filter(
        agency=filing.agency,
        form=filing.form,
        reach=filing.reach,
        first=filing.first,
        last=filing.last,
    ).order_by("-version")
