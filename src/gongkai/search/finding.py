"""Finding: filters are terms of the index, ranking is over a window of matches."""

from collections.abc import Sequence
from dataclasses import replace

from gongkai.search import engines, terms
from gongkai.search.documents import FacetCount, Hit, Query, Results
from gongkai.search.engines.base import (
    Engine,
    Listed,
    Match,
    count_facets,
    entries,
    fetch,
)
from gongkai.search.ranking import Candidate, rank
from gongkai.search.text import number_key
from gongkai.search.words import Word, words_of

WINDOW = 400  # newest matches that are read and ranked
HEADS = 100  # older ones, with a word in their title, that are ranked as well
# A total and facets of fewer matches are exact; of others they are said to be larger.
COUNTED = 1_000
MAX_PAGE_SIZE = 100
# Beyond, a value that the newest do not show is counted up to this, unless its facet
# has more values than the second figure.
FACET_CAP = 20
COUNTED_VALUES = 16
SHOWN_VALUES = 50
SAME_NUMBER = 20


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
    # One reading gives the newest, the total and the facets.
    newest = engine.newest(match, COUNTED)
    size = _page_size(query)
    start = (max(query.page, 1) - 1) * size
    if query.sort == "relevance":
        hits = _by_relevance(engine, match, newest, start, size)
    else:
        hits = _by_age(engine, match, newest, start, size)
    return Results(
        hits=hits,
        total=len(newest),
        total_is_capped=len(newest) == COUNTED,
        facets=_facets(engine, query, match, newest),
        facets_capped=len(newest) == COUNTED,
        ranked_all=len(newest) <= WINDOW,
        page=max(query.page, 1),
        page_size=size,
    )


def _page_size(query: Query) -> int:
    return min(max(query.page_size, 1), MAX_PAGE_SIZE)


def _by_relevance(
    engine: Engine, match: Match, newest: Sequence[Listed], start: int, size: int
) -> list[Hit]:
    """The best of the newest matches and of older titles; then the rest by age."""
    chosen = [one.id for one in newest[:WINDOW]]
    if len(newest) > WINDOW:
        chosen += engine.older_heads(match, chosen[-1], HEADS)
    hits = _ranked(match, chosen)[start : start + size]
    if len(newest) > WINDOW and len(hits) < size:
        skip = max(start - len(chosen), 0)
        hits += _tail(engine, match, chosen, skip, size - len(hits))
    return hits


def _by_age(
    engine: Engine, match: Match, newest: Sequence[Listed], start: int, size: int
) -> list[Hit]:
    by_second = sorted(
        newest, key=lambda one: (one.published_second, one.object_id), reverse=True
    )
    hits = [Hit(one.object_id, one.kind) for one in by_second[start : start + size]]
    if len(newest) == COUNTED and len(hits) < size:
        after = max(start, COUNTED)
        hits += _following(engine, match, after, size - len(hits))
    return hits


def _ranked(match: Match, ids: Sequence[int]) -> list[Hit]:
    columns = "e.published_second, e.object_id, e.kind, e.head, e.lead"
    found = rank(
        [word.pattern for word in match.words],
        [Candidate(*row) for row in entries(columns, ids)],
    )
    return [Hit(one.object_id, one.kind, score) for score, one in found]


def _tail(
    engine: Engine, match: Match, known: Sequence[int], skip: int, size: int
) -> list[Hit]:
    """Of what is not ranked, ``size`` after the first ``skip``, newest first."""
    # Those of the window come first and are all known; others may stand anywhere.
    others = len(known) - WINDOW
    rows = engine.rows(match, "e.id, e.kind, e.object_id", size + others, WINDOW + skip)
    if not rows:
        return []
    passed = sum(entry_id > rows[0][0] for entry_id in known[WINDOW:])
    ranked = set(known)
    rest = [row for row in rows if row[0] not in ranked]
    return [Hit(object_id, kind) for _, kind, object_id in rest[passed:][:size]]


def _following(engine: Engine, match: Match, skip: int, size: int) -> list[Hit]:
    rows = engine.rows(match, "e.kind, e.object_id", size, skip)
    return [Hit(object_id, kind) for kind, object_id in rows]


def _facets(
    engine: Engine, query: Query, match: Match, newest: Sequence[Listed]
) -> dict[str, list[FacetCount]]:
    found = count_facets(one.facets for one in newest)
    if len(newest) == COUNTED:
        found = _least_facets(engine, query, match, found)
    return {
        name: sorted(counts, key=lambda one: (-one.count, one.value))[:SHOWN_VALUES]
        for name, counts in sorted(found.items())
    }


def _least_facets(
    engine: Engine,
    query: Query,
    match: Match,
    newest: dict[str, list[FacetCount]],
) -> dict[str, list[FacetCount]]:
    """Of very many matches: at least as many as the newest show.

    A value that the newest do not show, such as an old year, is looked for by itself.
    """
    shown = {
        name: {
            one.value: FacetCount(one.value, one.count, is_capped=True)
            for one in counts
        }
        for name, counts in newest.items()
    }
    rare = {
        name: [one for one in values if one not in shown.get(name, {})]
        for name, values in _countable().items()
        # A document has one value of each: a filter leaves no other one to look for.
        if name not in query.filters
    }
    for name, counts in engine.facets(match, rare, FACET_CAP).items():
        shown.setdefault(name, {}).update({one.value: one for one in counts})
    return {name: list(counts.values()) for name, counts in shown.items()}


def _countable() -> dict[str, list[str]]:
    """Values of the facets that have few; older years are not in the window."""
    values: dict[str, list[str]] = {}
    for name, value in fetch("SELECT name, value FROM search_facetvalue"):
        values.setdefault(name, []).append(value)
    return {
        name: found for name, found in values.items() if len(found) <= COUNTED_VALUES
    }
