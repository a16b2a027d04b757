"""Finding: filters are terms of the index, ranking is over a window of matches."""

from collections.abc import Sequence
from dataclasses import replace

from gongkai.search import engines, terms
from gongkai.search.documents import FacetCount, Hit, Query, Results
from gongkai.search.engines.base import Engine, Match, Row, count_facets, fetch
from gongkai.search.ranking import Candidate, rank
from gongkai.search.text import number_key
from gongkai.search.words import Word, words_of

WINDOW = 500  # newest matches that are read and ranked
HEADS = 250  # older ones, with a word in their title, that are ranked as well
# A total and facets of fewer matches are exact; of others they are said to be larger.
COUNTED = 2_000
MAX_PAGE_SIZE = 100
# Beyond, a value that the window shows less often is counted up to this, unless its
# facet has more values than the second figure.
FACET_CAP = 50
COUNTED_VALUES = 16
SHOWN_VALUES = 50
SAME_NUMBER = 20

_NEWEST_COLUMNS = "e.id, e.kind, e.object_id, e.published_second, e.facets"
_RANKED_COLUMNS = f"{_NEWEST_COLUMNS}, e.head, e.lead"


def find(query: Query) -> Results:
    """What holds every word and passes the filters; nothing where there is no word."""
    words = words_of(query.text)
    if not words:
        return Results(page_size=_page_size(query))
    return _find(query, _match(query, words))


def browse(query: Query) -> Results:
    """What passes the filters, whatever the words, newest first."""
    return _find(replace(query, sort="newest"), _match(query, ()))


def exact(number: str) -> list[Hit]:
    """Records with this document or index number typed whole, newest first.

    Brackets, dashes, spaces, full-width signs and case may differ. At most 20.
    """
    key = number_key(number)
    if not key:
        return []
    rows = fetch(
        "SELECT object_id, kind FROM search_entry"
        " WHERE doc_key = %s OR index_key = %s ORDER BY id DESC LIMIT %s",
        [key, key, SAME_NUMBER],
    )
    return [Hit(object_id, kind) for object_id, kind in rows]


def _match(query: Query, words: tuple[Word, ...]) -> Match:
    return Match(words, terms.groups_of(query), terms.seconds_of(query))


def _find(query: Query, match: Match) -> Results:
    engine = engines.current()
    by_relevance = query.sort == "relevance"
    columns = _RANKED_COLUMNS if by_relevance else _NEWEST_COLUMNS
    window = engine.rows(match, columns, WINDOW + 1)
    is_whole = len(window) <= WINDOW
    window = window[:WINDOW]
    candidates = window
    if by_relevance and not is_whole:
        heads = engine.rows(replace(match, in_head=True), columns, HEADS)
        candidates = list({row[0]: row for row in [*heads, *window]}.values())
    size = _page_size(query)
    start = (max(query.page, 1) - 1) * size
    first = _ranked(match, candidates) if by_relevance else _newest(candidates)
    hits = first[start : start + size]
    if not is_whole and len(hits) < size:
        known = {row[0] for row in candidates}
        skip = max(start - len(known), 0)
        hits += _tail(engine, match, known, skip, size - len(hits))
    # One reading counts the matches and their facets; few of them are all here.
    told = [row[4] for row in window] if is_whole else engine.facet_rows(match, COUNTED)
    total = len(told)
    return Results(
        hits=hits,
        total=total,
        total_is_capped=total == COUNTED,
        facets=_facets(engine, match, window, told),
        facets_capped=total == COUNTED,
        ranked_all=is_whole,
        page=max(query.page, 1),
        page_size=size,
    )


def _page_size(query: Query) -> int:
    return min(max(query.page_size, 1), MAX_PAGE_SIZE)


def _ranked(match: Match, rows: Sequence[Row]) -> list[Hit]:
    found = rank(
        [word.pattern for word in match.words],
        [Candidate(row[3], row[2], row[1], row[5], row[6]) for row in rows],
    )
    return [Hit(one.object_id, one.kind, score) for score, one in found]


def _newest(rows: Sequence[Row]) -> list[Hit]:
    rows = sorted(rows, key=lambda row: (row[3], row[2]), reverse=True)
    return [Hit(object_id, kind) for _, kind, object_id, *_ in rows]


def _tail(
    engine: Engine, match: Match, known: set[int], skip: int, size: int
) -> list[Hit]:
    """Of what is not known yet, ``size`` after the first ``skip``, newest first."""
    # Those of the window come first and are all known; others may stand anywhere.
    others = len(known) - WINDOW
    rows = engine.rows(match, "e.id, e.kind, e.object_id", size + others, WINDOW + skip)
    if not rows:
        return []
    oldest_known = sorted(known)[:others]
    passed = sum(entry_id > rows[0][0] for entry_id in oldest_known)
    rest = [row for row in rows if row[0] not in known]
    return [Hit(object_id, kind) for _, kind, object_id in rest[passed:][:size]]


def _facets(
    engine: Engine, match: Match, window: Sequence[Row], told: Sequence[str]
) -> dict[str, list[FacetCount]]:
    if len(told) < COUNTED:
        found = count_facets(told)
    else:
        found = _least_facets(engine, match, window)
    return {
        name: sorted(counts, key=lambda one: (-one.count, one.value))[:SHOWN_VALUES]
        for name, counts in sorted(found.items())
    }


def _least_facets(
    engine: Engine, match: Match, window: Sequence[Row]
) -> dict[str, list[FacetCount]]:
    """Of very many matches: as many as the newest show, or else a few more.

    A value that the newest do not show, such as an old year, is looked for by itself.
    """
    shown = {
        name: {one.value: replace(one, is_capped=True) for one in counts}
        for name, counts in count_facets(row[4] for row in window).items()
    }
    rare = {
        name: [one for one in values if _count_of(shown, name, one) < FACET_CAP]
        for name, values in _countable().items()
    }
    for name, counts in engine.facets(match, rare, FACET_CAP).items():
        shown.setdefault(name, {}).update({one.value: one for one in counts})
    return {name: list(counts.values()) for name, counts in shown.items()}


def _count_of(shown: dict[str, dict[str, FacetCount]], name: str, value: str) -> int:
    one = shown.get(name, {}).get(value)
    return one.count if one else 0


def _countable() -> dict[str, list[str]]:
    """Values of the facets that have few; older years are not in the window."""
    values: dict[str, list[str]] = {}
    for name, value in fetch("SELECT name, value FROM search_facetvalue"):
        values.setdefault(name, []).append(value)
    return {
        name: found for name, found in values.items() if len(found) <= COUNTED_VALUES
    }
