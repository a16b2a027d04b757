"""Terms of the index that are no words: kind, agency, tree, year and facets.

A filter is one more term to match, never a join. Terms begin with a sign that no word
can hold, and are hashed: any value does, whatever its length and signs.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b

from django.utils import timezone

from gongkai.search.documents import AGENCY, Document, Query

ALL = "=all"
OVERSIZE = "=oversize"
# How an entry holds its facets: name, sign, value, end, name ...
FACET_SIGN, FACET_END = "\x1e", "\x1f"
MAX_FACET = 400  # characters of a value
PATH_STEP = 4  # characters of an agency's path for each level of the tree

_CONTROLS = re.compile("[\0-\x1f]")

# Alternatives: one of them must match.
Group = tuple[str, ...]


def term(name: str, value: str) -> str:
    digest = blake2b(f"{name}\0{value}".encode("utf-8", "replace"), digest_size=9)
    return f"={digest.hexdigest()}"


def facet_term(name: str, value: str) -> str:
    return term(f"facet {name}", _CONTROLS.sub("", value)[:MAX_FACET])


def facets_of(document: Document) -> dict[str, str]:
    given = {
        name: _CONTROLS.sub("", value)[:MAX_FACET]
        for name, value in document.facets.items()
        if value
    }
    return {**given, AGENCY: str(document.agency_id)}


def terms_of(document: Document) -> list[str]:
    path = document.agency_path
    return [
        ALL,
        term("kind", document.kind),
        _year_term(timezone.localtime(document.published_at).year),
        *(
            term("tree", path[:end])
            for end in range(PATH_STEP, len(path) + 1, PATH_STEP)
        ),
        *(facet_term(*facet) for facet in facets_of(document).items()),
    ]


def groups_of(query: Query) -> tuple[Group, ...]:
    """What the query's filters ask of the terms; every group must match."""
    return tuple(_groups(query))


def _groups(query: Query) -> Iterator[Group]:
    if query.kind is not None:
        yield (term("kind", query.kind),)
    if query.agency_id is not None:
        yield (facet_term(AGENCY, str(query.agency_id)),)
    if query.subtree_of is not None:
        yield (term("tree", query.subtree_of),)
    for name, value in query.filters.items():
        yield (facet_term(name, value),)
    if query.date_from or query.date_to:
        yield _years(query.date_from, query.date_to)


def seconds_of(query: Query) -> tuple[int, int] | None:
    """Range of ``published_second`` that the dates allow, its end left out."""
    if not (query.date_from or query.date_to):
        return None
    first = max(query.date_from or date.min, date.min + timedelta(days=2))
    last = min(query.date_to or date.max, date.max - timedelta(days=2))
    return _midnight(first), _midnight(last + timedelta(days=1))


def second(moment: datetime) -> int:
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() // 1)


def _midnight(day: date) -> int:
    return second(datetime.combine(day, time.min, timezone.get_current_timezone()))


def _year_term(year: int) -> str:
    return term("year", str(year))


def _years(first: date | None, last: date | None) -> Group:
    """Years that a range may touch; ``seconds_of`` then holds the very days."""
    start = max(first.year if first else 0, 1900)
    end = last.year if last else max(start, timezone.localdate().year) + 1
    years = range(start, min(end, start + 200) + 1)
    return tuple(_year_term(year) for year in years) or (ALL,)
