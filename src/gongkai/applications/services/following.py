"""The applicant's way to the own case: number and query code, and nothing else."""

from datetime import timedelta

from gongkai.applications.exceptions import NoSuchCase
from gongkai.applications.models import Case
from gongkai.applications.numbering import query_index
from gongkai.registry import attempts

PURPOSE = "case-query"
MOST_FAILURES = 10
WITHIN = timedelta(minutes=15)


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
