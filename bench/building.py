"""``python -m bench.building SIZE``: fill the scratch site with published items.

By bulk insertion, as no clerk would: review and audit are not what is measured.
"""

import sys
from datetime import timedelta
from itertools import islice
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 - after the set-up
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.corpus import Piece, pieces  # noqa: E402
from bench.sites import PATHS  # noqa: E402
from bench.table import say  # noqa: E402
from gongkai import search  # noqa: E402
from gongkai.agencies.models import Agency, AgencyKind  # noqa: E402
from gongkai.agencies.scope import SYSTEM  # noqa: E402
from gongkai.agencies.services import add_agency  # noqa: E402
from gongkai.catalogue.models import Column, ColumnKind  # noqa: E402
from gongkai.items.choices import Kind, Stage, Validity  # noqa: E402
from gongkai.items.hashing import content_hash  # noqa: E402
from gongkai.items.models import Item, Outlet, Release, Version  # noqa: E402
from gongkai.items.search_documents import document_of  # noqa: E402
from gongkai.search import engines  # noqa: E402

AGENCIES = 50
BATCH = 1_000
TOLD = 20_000


class Office:
    """An agency with its columns and its own outlet."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        holding = Column.objects.filter(agency=agency, kind=ColumnKind.STATUTORY)
        self.columns = list(holding)
        self.outlet = Outlet.objects.get(agency=agency, is_own_site=True)


def main(size: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    offices = _offices()
    told = pieces(size, agencies=AGENCIES)
    done = 0
    while batch := list(islice(told, BATCH)):
        _insert(batch, offices)
        done += len(batch)
        if done % TOLD == 0 and done < size:
            say(f"{done:,} of {size:,} on {connection.vendor}")
    engines.current().optimize()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@transaction.atomic
def _offices() -> list[Office]:
    """A government and 49 departments of it."""
    county = add_agency(
        by=SYSTEM,
        parent=None,
        name="安平县人民政府",
        slug="anping",
        kind=AgencyKind.GOVERNMENT,
    )
    departments = [
        add_agency(
            by=SYSTEM,
            parent=county,
            name=f"安平县第{number}局",
            slug=f"bureau-{number}",
            kind=AgencyKind.DEPARTMENT,
        )
        for number in range(2, AGENCIES + 1)
    ]
    return [Office(agency) for agency in (county, *departments)]


@transaction.atomic
def _insert(batch: list[Piece], offices: list[Office]) -> None:
    items = [_item(piece, offices[piece.agency_id - 1]) for piece in batch]
    # The circle of item and live version closes before the commit.
    Item.objects.bulk_create(items)
    Version.objects.bulk_create(item.live for item in items if item.live)
    Release.objects.bulk_create(
        _release(piece, item, offices[piece.agency_id - 1])
        for piece, item in zip(batch, items, strict=True)
    )
    search.put_many(map(document_of, items))
    with (Path(settings.VAR) / PATHS).open("a") as paths:
        paths.writelines(f"{item.get_absolute_url()}\n" for item in items)


def _item(piece: Piece, office: Office) -> Item:
    column = office.columns[piece.number % len(office.columns)]
    item = Item(
        pk=piece.number,
        agency=office.agency,
        created_at=piece.published_at,
        stage=Stage.PUBLISHED,
        stage_since=piece.published_at,
        column=column,
        kind=Kind.NOTICE if piece.number % 5 else Kind.NORMATIVE,
        index_no=piece.index_no,
        published_on=timezone.localdate(piece.published_at),
        first_published_at=piece.published_at,
        recorded_at=piece.published_at,
        validity=Validity.IN_FORCE if piece.number % 9 else Validity.REPEALED,
    )
    item.live = _version(piece, item, column)
    return item


def _version(piece: Piece, item: Item, column: Column) -> Version:
    version = Version(
        pk=piece.number,
        item=item,
        number=1,
        made_at=piece.published_at,
        kind=item.kind,
        column=column,
        title=piece.title,
        doc_no=piece.doc_no,
        made_on=timezone.localdate(piece.published_at - timedelta(days=2)),
        topic=piece.topic,
        body="".join(f"<p>{line}</p>" for line in piece.body.split("\n")),
    )
    version.content_hash = content_hash(version, (), item.agency_id, "")
    return version


def _release(piece: Piece, item: Item, office: Office) -> Release:
    return Release(
        item=item,
        outlet=office.outlet,
        on=timezone.localdate(piece.published_at),
        entered_at=piece.published_at,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
