"""The applicant's way to the own case: number and query code, and nothing else."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.applications.exceptions import BadInput, NoSuchCase, NotAllowedNow
from gongkai.applications.models import Case
from gongkai.applications.numbering import query_index
from gongkai.applications.rules import can_rate
from gongkai.applications.services.locking import locked
from gongkai.audit import services as audit
from gongkai.registry import attempts

PURPOSE = "case-query"
MOST_FAILURES = 10
WITHIN = timedelta(minutes=15)
BEST = 5


def find_case(*, number: str, code: str, address: str) -> Case:
    """The case that number and query code open together.

    Raises NoSuchCase, the same for a wrong number and a wrong code, and
    attempts.TooMany after MOST_FAILURES from one address, before anything is looked up.
    """
    attempts.refuse_if_many(PURPOSE, address, MOST_FAILURES, WITHIN)
    index = query_index(number.strip().upper(), code.strip().upper())
    case = Case.objects.select_related("agency").filter(query_index=index).first()
    if case is None:
        attempts.note_failure(PURPOSE, address)
        raise NoSuchCase
    return case


@transaction.atomic
def rate(*, case: Case, rating: int) -> Case:
    """How content the applicant is with a replied case, 1 to BEST, once."""
    case = locked(case)
    if not can_rate(case):
        raise NotAllowedNow(_("It cannot be rated now, or was rated already."))
    if not 1 <= rating <= BEST:
        raise BadInput("rating", _("Choose from 1 to 5."))
    case.rating = rating
    case.save(update_fields=["rating"])
    audit.record(
        "case.rated",
        about=case,
        user_id=None,
        agency_id=case.agency_id,
        data={"rating": rating},
    )
    return case
