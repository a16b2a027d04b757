"""Filing a closed case as one archive, and giving it out: never without an event."""

from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.applications import rules
from gongkai.applications.archiving import archives, laying
from gongkai.applications.archiving.laying import LaidDown
from gongkai.applications.exceptions import NotAllowedNow
from gongkai.applications.models import Act, Archive, Case
from gongkai.applications.permissions import can_see_person
from gongkai.applications.rules import Actor
from gongkai.applications.services.moving import Move, begin
from gongkai.applications.transitions import TRANSITIONS
from gongkai.audit import services as audit


def file_case(*, actor: Actor, case: Case, now: datetime | None = None) -> Act:
    """Close the file: what lies in it is hashed and frozen, and nothing is added.

    The hash of its list of hashes goes into the audit chain. Raises NotAllowedNow,
    also where something was entered while the documents were being read.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    # Anew: the caller's may be of before the reply.
    case = Case.objects.select_related("agency", "handler", "joined_into").get(
        pk=case.pk
    )
    reason = rules.why_not(TRANSITIONS["archive"], case, actor, today)
    if reason:
        raise NotAllowedNow(reason)
    if case.is_purged:
        return _file_without_person(actor, case, now)
    laid = laying.lay_down(case, today)
    try:
        return _file(actor, case, laid, now)
    except BaseException:
        laid.discard()
        raise


@transaction.atomic
def _file(actor: Actor, case: Case, laid: LaidDown, now: datetime) -> Act:
    move = begin("archive", case=case, actor=actor, on=None, now=now)
    if not laid.is_of_now(move.case):
        raise NotAllowedNow(
            _("Something was entered meanwhile. Look at the case, then file it.")
        )
    archive = laying.keep(move.case, laid)
    return _finish(move, archive)


@transaction.atomic
def _file_without_person(actor: Actor, case: Case, now: datetime) -> Act:
    move = begin("archive", case=case, actor=actor, on=None, now=now)
    archive = Archive.objects.create(case=move.case, filed_on=move.on)
    return _finish(move, archive)


def _finish(move: Move, archive: Archive) -> Act:
    act = move.finish()
    audit.record(
        "case.file_sealed",
        about=move.case,
        user_id=move.actor.user_id,
        agency_id=move.case.agency_id,
        data={"manifest": archive.manifest, "documents": archive.documents},
    )
    return act


@transaction.atomic
def open_archive(*, by: Scope, archive: Archive) -> Iterator[bytes]:
    """The zip in pieces, noted before the first leaves; raises PermissionDenied."""
    case = archive.case
    if not can_see_person(by, case):
        raise PermissionDenied
    audit.record(
        "case.archive_opened",
        about=case,
        user_id=by.user_id,
        agency_id=case.agency_id,
        data={"manifest": archive.manifest},
    )
    return archives.chunks(archive)
