"""Going public, staying findable, and being taken back."""

import logging
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai import search
from gongkai.agencies.models import Agency
from gongkai.agencies.scope import Scope
from gongkai.audit import services as audit
from gongkai.items import numbering, permissions, rules
from gongkai.items.choices import ChangeKind, Stage, Validity
from gongkai.items.exceptions import ItemRefused, NotAllowedNow
from gongkai.items.models import Change, Draft, Item, Outlet, Release, Version
from gongkai.items.search_documents import KIND, document_of
from gongkai.items.services.locking import locked
from gongkai.registry import files

log = logging.getLogger(__name__)


@transaction.atomic
def publish(*, by: Scope, item: Item, now: datetime | None = None) -> Item:
    """Make the newest version live, if every step approved exactly its content.

    The index number is taken in this transaction, at the first publication. Raises
    NotApproved, NotAllowedNow where it is published already, PermissionDenied.
    """
    item = locked(item)
    if not permissions.can_publish(by, item):
        _refuse_publication(by, item)
    return _go_live(item, by.user_id, now or timezone.now())


def _refuse_publication(by: Scope, item: Item) -> None:
    if not by.holds(item.agency_id, *permissions.PUBLISHERS):
        raise PermissionDenied
    if item.stage == Stage.PUBLISHED:
        raise NotAllowedNow(_("The item is published already."))
    raise NotAllowedNow(_("The item has not passed its review yet."))


@transaction.atomic
def plan(*, by: Scope, item: Item, at: datetime, now: datetime | None = None) -> Item:
    """Publish later by itself. Raises as ``publish``, ItemRefused for a time past."""
    item, now = locked(item), now or timezone.now()
    if not permissions.can_publish(by, item):
        _refuse_publication(by, item)
    if at <= now:
        raise ItemRefused(
            _("%(time)s has passed. Choose a later time, or publish now.")
            % {"time": timezone.localtime(at).strftime("%Y-%m-%d %H:%M")}
        )
    rules.check_publishable(_newest(item))
    item.stage, item.stage_since, item.planned_for = Stage.PLANNED, now, at
    item.save(update_fields=["stage", "stage_since", "planned_for"])
    audit.record(
        "item.planned",
        about=item,
        user_id=by.user_id,
        agency_id=item.agency_id,
        data={"at": at.isoformat()},
    )
    return item


def publish_due(now: datetime | None = None) -> int:
    """Publish what was planned for now or earlier; returns how many.

    One that cannot go out stays planned and is tried again; the others go out.
    """
    now, count = now or timezone.now(), 0
    for due in Item.objects.due_for_publication(now):
        try:
            with transaction.atomic():
                item = locked(due)
                if item.stage == Stage.PLANNED:
                    _go_live(item, None, now)
                    count += 1
        except (ItemRefused, DatabaseError):
            log.exception("planned item %s cannot be published", due.pk)
    return count


def _newest(item: Item) -> Version:
    return item.versions.select_related("item__agency").order_by("-number")[0]


def _go_live(item: Item, user_id: int | None, now: datetime) -> Item:
    version = _newest(item)
    rules.check_publishable(version)
    is_first = item.first_published_at is None
    was_withdrawn = item.withdrawn_at is not None
    if is_first:
        item.first_published_at = item.recorded_at = now
        item.published_on = timezone.localdate(now)
        item.index_no = numbering.next_index_no(item.agency, now)
    show(item, version)
    item.stage, item.stage_since = Stage.PUBLISHED, now
    item.planned_for = item.withdrawn_at = None
    item.save()
    if is_first:
        _release_on_own_site(item, timezone.localdate(now), user_id, now)
    else:
        kind = ChangeKind.REPUBLICATION if was_withdrawn else ChangeKind.CORRECTION
        _note(item, kind, version.public_note, now, user_id, version)
    refresh_outlets(item)
    audit.record(
        "item.published",
        about=item,
        user_id=user_id,
        agency_id=item.agency_id,
        data={
            "version": version.number,
            "hash": version.content_hash,
            "index_no": item.index_no,
        },
    )
    return item


def show(item: Item, version: Version) -> None:
    """Point the item, unsaved, at what the public shall see."""
    item.live = version
    item.column, item.kind = version.column, version.kind


def refresh_outlets(item: Item) -> None:
    """Bring search and every cached page to what the item is now, in this commit."""
    if item.is_public:
        search.put(document_of(item))
    else:
        search.remove(KIND, item.pk)
    Agency.objects.filter(pk=item.agency_id).touch()


def _release_on_own_site(
    item: Item, on: date, user_id: int | None, now: datetime
) -> None:
    outlet = Outlet.objects.get(agency_id=item.agency_id, is_own_site=True)
    Release.objects.create(
        item=item, outlet=outlet, on=on, entered_at=now, entered_by_id=user_id
    )


def _note(
    item: Item,
    kind: str,
    note: str,
    now: datetime,
    user_id: int | None,
    version: Version | None,
) -> None:
    Change.objects.create(
        item=item,
        kind=kind,
        note=note,
        on=timezone.localdate(now),
        made_at=now,
        made_by_id=user_id,
        version=version,
    )


@transaction.atomic
def withdraw(*, by: Scope, item: Item, note: str, now: datetime | None = None) -> Item:
    """Take the item off every outlet at once; its address keeps the note.

    Raises ItemRefused for an empty note, NotAllowedNow where nothing is public,
    PermissionDenied.
    """
    item, now = locked(item), now or timezone.now()
    _check_public_act(by, item, note, allowed=permissions.can_withdraw(by, item))
    version = item.live
    item.live = None
    item.withdrawn_at = now
    if item.stage == Stage.PUBLISHED:
        item.stage, item.stage_since = Stage.WITHDRAWN, now
    elif item.stage == Stage.PLANNED:
        # What was taken back comes out again by somebody's act, never by itself.
        item.stage, item.stage_since, item.planned_for = Stage.APPROVED, now, None
    item.save()
    _note(item, ChangeKind.WITHDRAWAL, note.strip(), now, by.user_id, version)
    refresh_outlets(item)
    audit.record(
        "item.withdrawn", about=item, user_id=by.user_id, agency_id=item.agency_id
    )
    return item


@transaction.atomic
def repeal(
    *,
    by: Scope,
    item: Item,
    note: str,
    on: date,
    validity: str = Validity.REPEALED,
    now: datetime | None = None,
) -> Item:
    """Say above the title that the document is no longer in force; it stays readable.

    Raises as ``withdraw``.
    """
    item, now = locked(item), now or timezone.now()
    _check_public_act(by, item, note, allowed=permissions.can_repeal(by, item))
    item.validity, item.repealed_on = validity, on
    item.save(update_fields=["validity", "repealed_on"])
    _note(item, ChangeKind.REPEAL, note.strip(), now, by.user_id, item.live)
    refresh_outlets(item)
    audit.record(
        "item.repealed",
        about=item,
        user_id=by.user_id,
        agency_id=item.agency_id,
        data={"on": on.isoformat()},
    )
    return item


def _check_public_act(by: Scope, item: Item, note: str, *, allowed: bool) -> None:
    if not item.is_public:
        raise NotAllowedNow(_("The item is not public now."))
    if not allowed:
        raise PermissionDenied
    if not note.strip():
        raise ItemRefused(_("The public note is empty. Tell the public what and why."))


@transaction.atomic
def add_release(
    *,
    by: Scope,
    item: Item,
    outlet: Outlet,
    on: date,
    proof_url: str = "",
    proof_note: str = "",
    proof: tuple[str, bytes] | None = None,
    now: datetime | None = None,
) -> Release:
    """Enter that the item came out elsewhere, with the proof of it.

    It may have come out there first. Raises ItemRefused without a proof, for a date
    after today, or entered already; PermissionDenied.
    """
    item, now = locked(item), now or timezone.now()
    if not permissions.can_release(by, item) or outlet.agency_id != item.agency_id:
        raise PermissionDenied
    _check_release(item, outlet, on, now, bool(proof_url or proof_note or proof))
    release = Release(
        item=item,
        outlet=outlet,
        on=on,
        proof_url=proof_url,
        proof_note=proof_note,
        entered_at=now,
        entered_by_id=by.user_id,
    )
    if proof is not None:
        release.proof_file = files.store([proof[1]])
        release.proof_name = rules.check_attachment(
            proof[0], release.proof_file.media_type
        )
    try:
        with transaction.atomic():
            release.save(force_insert=True)
    except IntegrityError as error:
        raise ItemRefused(
            _("%(outlet)s on %(day)s is entered already.")
            % {"outlet": outlet.name, "day": on.isoformat()}
        ) from error
    audit.record(
        "item.released",
        about=item,
        user_id=by.user_id,
        agency_id=item.agency_id,
        data={"outlet": outlet.pk, "on": on.isoformat()},
    )
    return release


def _check_release(
    item: Item, outlet: Outlet, on: date, now: datetime, has_proof: bool
) -> None:
    if outlet.is_own_site:
        raise ItemRefused(_("The own site's release is entered by publication."))
    if outlet.retired_on is not None and outlet.retired_on <= on:
        raise ItemRefused(_("The outlet was not in use any more on that day."))
    if on > timezone.localdate(now):
        raise ItemRefused(
            _("The date %(day)s is later than today. Check it.")
            % {"day": on.isoformat()}
        )
    if not has_proof:
        raise ItemRefused(
            _("Give a proof: the page's address, the issue and page, or a file.")
        )


def discard_never_published(*, by: Scope, item: Item) -> None:
    """Delete a draft never handed in. Raises NotAllowedNow, PermissionDenied."""
    with transaction.atomic():
        item = locked(item)
        if not permissions.can_start(by, item.agency_id):
            raise PermissionDenied
        if item.versions.exists():
            raise NotAllowedNow(_("It was handed in before, so its record stays."))
        audit.record(
            "item.discarded", about=item, user_id=by.user_id, agency_id=item.agency_id
        )
        Draft.objects.filter(item=item).delete()
        item.delete()
