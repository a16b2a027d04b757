"""Taking over what was published elsewhere: the only other way round the flow."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import SYSTEM, Scope
from gongkai.audit import services as audit
from gongkai.catalogue.models import Column
from gongkai.items.choices import Stage
from gongkai.items.hashing import content_hash
from gongkai.items.models import Draft, Item, Outlet, Release, Version, Vouching
from gongkai.items.reading.text import sanitise
from gongkai.items.services.publishing import refresh_outlets, show


@dataclass(frozen=True)
class Earlier:
    """An item as it stood elsewhere: ``body`` HTML, ``source_data`` the very bytes."""

    kind: str
    column: Column
    title: str
    body: str
    published_on: date
    source: str
    source_data: bytes
    made_on: date | None = None
    doc_no: str = ""
    issuer: str = ""
    index_no: str = ""
    note: str = field(default="", repr=False)


@transaction.atomic
def take_over(
    *, by: Scope, agency: Agency, earlier: Earlier, now: datetime | None = None
) -> tuple[Item, bool]:
    """Publish an item that was public elsewhere, with its vouching record.

    Returns the item and whether it was made now: the same source bytes for the same
    agency make one item. Its old index number stays as text, its day of publication
    is the old one. Raises PermissionDenied.
    """
    if by is not SYSTEM and not by.holds_above(agency, Role.OGI_OFFICE):
        raise PermissionDenied
    now = now or timezone.now()
    digest = hashlib.sha256(earlier.source_data).hexdigest()
    key = f"{agency.pk}:{digest}"
    known = Item.objects.filter(import_key=key).first()
    if known is not None:
        return known, False
    item = _make_item(by, agency, earlier, key, now)
    version = _make_version(by, item, earlier, now)
    Vouching.objects.create(
        version=version,
        source=earlier.source[:300],
        source_sha256=digest,
        content_hash=version.content_hash,
        note=earlier.note,
        vouched_at=now,
        vouched_by_id=by.user_id,
    )
    show(item, version)
    item.save()
    _release(item, earlier.published_on, by, now)
    refresh_outlets(item)
    audit.record(
        "item.taken_over",
        about=item,
        user_id=by.user_id,
        agency_id=agency.pk,
        data={"source_sha256": digest, "hash": version.content_hash},
    )
    return item, True


def _make_item(
    by: Scope, agency: Agency, earlier: Earlier, key: str, now: datetime
) -> Item:
    return Item.objects.create(
        agency=agency,
        author_id=by.user_id,
        created_at=now,
        stage=Stage.PUBLISHED,
        stage_since=now,
        legacy_index_no=earlier.index_no,
        published_on=earlier.published_on,
        first_published_at=timezone.make_aware(
            datetime.combine(earlier.published_on, time(0))
        ),
        recorded_at=now,
        import_key=key,
    )


def _make_version(by: Scope, item: Item, earlier: Earlier, now: datetime) -> Version:
    fields = {
        "kind": earlier.kind,
        "column": earlier.column,
        "title": earlier.title[:300],
        "doc_no": earlier.doc_no[:80],
        "issuer": earlier.issuer[:200],
        "made_on": earlier.made_on,
        "source": earlier.source[:200],
        "body": sanitise(earlier.body),
    }
    Draft.objects.create(item=item, **fields)
    version = Version(item=item, number=1, made_at=now, made_by_id=by.user_id, **fields)
    version.content_hash = content_hash(version, (), item.agency_id, "")
    version.save(force_insert=True)
    return version


def _release(item: Item, on: date, by: Scope, now: datetime) -> None:
    outlet = Outlet.objects.get(agency_id=item.agency_id, is_own_site=True)
    Release.objects.create(
        item=item,
        outlet=outlet,
        on=on,
        entered_at=now,
        entered_by_id=by.user_id,
    )
