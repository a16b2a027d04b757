"""Which records made a figure: their ids, packed small and never changed."""

import json
import zlib
from collections.abc import Iterable
from itertools import accumulate, pairwise

from django.apps import apps
from django.core.paginator import Paginator
from django.db import models

from gongkai.registry.measures import Asked, Measure, Record
from gongkai.statistics.models import FilingCell


def pack(ids: Iterable[int]) -> bytes:
    """Ascending ids as their distances, compressed: about a byte for each."""
    ordered = sorted(ids)
    if not ordered:
        return b""
    steps = [ordered[0], *(after - before for before, after in pairwise(ordered))]
    return zlib.compress(json.dumps(steps, separators=(",", ":")).encode())


def unpack(packed: bytes) -> list[int]:
    if not packed:
        return []
    return list(accumulate(json.loads(zlib.decompress(packed))))


def trace(measure: Measure, asked: Asked) -> tuple[str, bytes]:
    """The model and the packed ids of the records behind a figure. One query."""
    records = measure.records(asked).order_by()
    ids = records.values_list("pk", flat=True)
    return records.model._meta.label, pack(ids.iterator(5000))


def records_of(
    cell: FilingCell, measure: Measure, page: str, page_size: int = 20
) -> tuple["Paginator[int]", list[Record]]:
    """One page of the records that were counted when the figure was filed."""
    ids = unpack(bytes(cell.records))[::-1]
    paginator = Paginator(ids, page_size)
    wanted = list(paginator.get_page(page).object_list)
    model: type[models.Model] = apps.get_model(cell.record_model)
    found = model._default_manager.in_bulk(wanted)
    return paginator, [measure.describe(found[pk]) for pk in wanted if pk in found]
