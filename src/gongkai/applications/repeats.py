"""Whether an applicant asked the same body for much the same before."""

import unicodedata
from datetime import date
from difflib import SequenceMatcher

from gongkai.agencies.models import Agency
from gongkai.applications.models import Case
from gongkai.registry.sealing import blind_index

ALIKE = 0.72
COMPARED = 50


def likely_repeats(
    agency: Agency, identity_no: str, subjects: list[str]
) -> list[tuple[str, date]]:
    """(subject typed now, day on which much the same came in). One query.

    Nothing of the earlier case is told but its day: who knows somebody's number does
    not learn here what that person asked for.
    """
    index = blind_index("identity", identity_no)
    if not index:
        return []
    before = Case.objects.filter(agency=agency, identity_index=index).newest_first()
    known = list(before.values_list("subject", "received_on")[:COMPARED])
    found = []
    for subject in subjects:
        days = [day for other, day in known if is_alike(subject, other)]
        if days:
            found.append((subject, days[0]))
    return found


def is_alike(one: str, other: str) -> bool:
    """Equal but for punctuation, one within the other, or alike in most signs."""
    first, second = _bare(one), _bare(other)
    if not first or not second:
        return False
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= 6 and shorter in longer:
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())
