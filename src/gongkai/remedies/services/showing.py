"""Showing a party's data to a member of staff: never without an audit event."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gongkai.agencies.scope import Scope
from gongkai.audit import services as audit
from gongkai.remedies.models import Remedy, RemedyFile
from gongkai.remedies.parties import Parties, open_parties
from gongkai.remedies.permissions import can_see_parties


@transaction.atomic
def show_parties(*, by: Scope, remedy: Remedy) -> Parties:
    """Raises PermissionDenied, CannotOpen."""
    if not can_see_parties(by, remedy):
        raise PermissionDenied
    told = open_parties(remedy)
    _note("remedy.parties_shown", by, remedy)
    return told


@transaction.atomic
def open_document(*, by: Scope, file: RemedyFile) -> RemedyFile:
    """Note that a colleague opened a document of the remedy."""
    if not can_see_parties(by, file.remedy):
        raise PermissionDenied
    _note("remedy.file_opened", by, file.remedy, file=file.public_id)
    return file


def _note(verb: str, by: Scope, remedy: Remedy, **data: object) -> None:
    audit.record(
        verb, about=remedy, user_id=by.user_id, agency_id=remedy.agency_id, data=data
    )
