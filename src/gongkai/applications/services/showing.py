"""Showing a person's data to a member of staff: never without an audit event."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.agencies.scope import Scope
from gongkai.applications.exceptions import BadInput
from gongkai.applications.models import Case, CaseFile, Notice
from gongkai.applications.notices import read
from gongkai.applications.permissions import can_see_person
from gongkai.applications.persons import Sealed, open_case
from gongkai.audit import services as audit


@transaction.atomic
def show_person(*, by: Scope, case: Case) -> Sealed:
    """The applicant's identity and words; raises PermissionDenied, CannotOpen."""
    if not can_see_person(by, case):
        raise PermissionDenied
    told = open_case(case)
    audit.record(
        "case.person_shown", about=case, user_id=by.user_id, agency_id=case.agency_id
    )
    return told


@transaction.atomic
def open_document(*, by: Scope, file: CaseFile) -> CaseFile:
    """Note that a colleague opened a document of the case."""
    if not can_see_person(by, file.case):
        raise PermissionDenied
    audit.record(
        "case.file_opened",
        about=file.case,
        user_id=by.user_id,
        agency_id=file.case.agency_id,
        data={"file": file.public_id},
    )
    return file


@transaction.atomic
def open_letter(*, by: Scope, notice: Notice) -> str:
    """Its text, which names the applicant; that a colleague read it is noted."""
    if not can_see_person(by, notice.case):
        raise PermissionDenied
    audit.record(
        "case.letter_opened",
        about=notice.case,
        user_id=by.user_id,
        agency_id=notice.case.agency_id,
        data={"letter": notice.pk},
    )
    return read(notice)


@transaction.atomic
def note_export(
    *, by: Scope, agency_id: int, count: int, reason: str, with_persons: bool
) -> None:
    """Before applicants' data leaves in an export: who, how many, and why.

    Raises BadInput without a reason where persons are in it.
    """
    if with_persons and not reason.strip():
        raise BadInput("reason", _("Write what the names are needed for."))
    agency = Agency.objects.get(pk=agency_id)
    audit.record(
        "case.exported",
        about=agency,
        user_id=by.user_id,
        agency_id=agency_id,
        data={"count": count, "persons": with_persons, "reason": reason.strip()},
    )
