"""tsvector under a GIN index, without positions.

GIN keeps no positions, and those of a tsvector end at 16,383 and at 256 a token: so
pairs of characters are matched by the index, and a longer word is then looked for in
the canonical text.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import starmap

from gongkai.search.engines.base import (
    Engine,
    Listed,
    Match,
    Row,
    fetch,
    marks,
    run,
)
from gongkai.search.prepared import ENTRY_COLUMNS, HEAD_SIGN, Prepared
from gongkai.search.terms import ALL, OVERSIZE

_MAKE = (
    "CREATE SEQUENCE IF NOT EXISTS search_entry_slot",
    "ALTER TABLE search_entry ADD COLUMN IF NOT EXISTS words tsvector,"
    " ADD COLUMN IF NOT EXISTS text text, ADD COLUMN IF NOT EXISTS oversize boolean",
    # Long columns go out of the row, so that a common word reads few pages.
    "ALTER TABLE search_entry SET (toast_tuple_target = 256)",
    # Each search reads what waits to be put into the index: it may not be much.
    "CREATE INDEX IF NOT EXISTS search_entry_words ON search_entry USING gin (words)"
    " WITH (gin_pending_list_limit = 256)",
)
# A tsvector holds 1 MiB of lexemes. What does not fit is looked for in the text.
_MAX_BYTES = 900_000
# A look at the words of an entry on the way costs as much as so many matches.
_WALKED_FOR_A_MATCH = 8
_WRITERS = 4_710_501  # key of the advisory lock
_MINUTES_BEFORE_1970 = 1_035_593_280  # as on SQLite


class PostgreSQL(Engine):
    def make(self) -> None:
        for statement in _MAKE:
            run(statement)

    def put(self, prepared: Prepared) -> None:
        words, oversize = _fitting(prepared.tokens)
        entry = prepared.entry()
        minute = prepared.published_second // 60 + _MINUTES_BEFORE_1970
        run(
            f"INSERT INTO search_entry"  # noqa: S608 - constants
            f" (id, {ENTRY_COLUMNS}, words, text, oversize) VALUES"
            # Unique, and in the order of time: the minute, then a running number.
            " ((%s::bigint << 32) | (nextval('search_entry_slot') & 4294967295),"
            f" {marks(entry)}, array_to_tsvector(%s::text[]), %s, %s)"
            " ON CONFLICT (kind, object_id) DO UPDATE SET"
            f" (id, {ENTRY_COLUMNS}, words, text, oversize) ="
            " (CASE WHEN search_entry.id >> 32 = excluded.id >> 32"
            " THEN search_entry.id ELSE excluded.id END,"
            f" {_excluded(ENTRY_COLUMNS)},"
            " excluded.words, excluded.text, excluded.oversize)",
            [minute, *entry, words, f"{prepared.head} {prepared.body}", oversize],
        )

    def remove(self, kind: str, object_ids: Sequence[int]) -> None:
        run(
            "DELETE FROM search_entry WHERE kind = %s AND object_id = ANY(%s)",
            [kind, list(object_ids)],
        )

    def clear(self) -> None:
        run("DELETE FROM search_entry")

    def lock_out_writers(self) -> None:
        run("SELECT pg_advisory_xact_lock(%s)", [_WRITERS])

    def enter_as_writer(self) -> None:
        run("SELECT pg_advisory_xact_lock_shared(%s)", [_WRITERS])

    def rows(
        self, match: Match, columns: str, limit: int, offset: int = 0
    ) -> list[Row]:
        where, parameters = _where(match)
        # The sum keeps the planner from walking the primary key.
        order = "e.id" if _is_common(match, limit + offset) else "e.id + 0"
        return fetch(
            f"SELECT {columns} FROM search_entry e WHERE {where}"  # noqa: S608 - constants
            f" ORDER BY {order} DESC LIMIT %s OFFSET %s",
            [*parameters, limit, offset],
        )

    def count(self, match: Match, cap: int) -> int:
        where, parameters = _where(match)
        found = fetch(
            "SELECT count(*) FROM"  # noqa: S608 - constants
            f" (SELECT 1 FROM search_entry e WHERE {where} LIMIT %s) capped",
            [*parameters, cap],
        )
        return int(found[0][0])

    def newest(self, match: Match, cap: int) -> list[Listed]:
        columns = "e.id, e.published_second, e.object_id, e.kind, e.facets"
        return list(starmap(Listed, self.rows(match, columns, cap)))

    def older_heads(self, match: Match, before: int, cap: int) -> list[int]:
        where, parameters = _where(replace(match, in_head=True))
        found = fetch(
            f"SELECT e.id FROM search_entry e WHERE {where} AND e.id < %s"  # noqa: S608 - constants
            " ORDER BY e.id + 0 DESC LIMIT %s",
            [*parameters, before, cap],
        )
        return [entry_id for (entry_id,) in found]

    def facet_rows(self, match: Match, cap: int) -> list[str]:
        where, parameters = _where(match)
        found = fetch(
            f"SELECT e.facets FROM search_entry e WHERE {where} LIMIT %s",  # noqa: S608 - constants
            [*parameters, cap],
        )
        return [facets for (facets,) in found]

    def damaged(self, kind: str) -> list[int | None]:
        found = fetch(
            "SELECT object_id FROM search_entry"
            " WHERE kind = %s AND (words IS NULL OR text IS NULL)",
            [kind],
        )
        return [object_id for (object_id,) in found]

    def optimize(self) -> None:
        run("SELECT gin_clean_pending_list('search_entry_words')")
        run("ANALYZE search_entry")


def _fitting(tokens: Sequence[str]) -> tuple[list[str], bool]:
    """Lexemes, once each, and whether some were left out for their size.

    Terms and titles come last in the tokens and are the first to be kept.
    """
    lexemes: list[str] = []
    room = _MAX_BYTES
    for token in dict.fromkeys(reversed(tokens)):
        room -= len(token.encode())
        if room < 0:
            return [*lexemes, OVERSIZE], True
        lexemes.append(token)
    return lexemes, False


def _is_common(match: Match, wanted: int) -> bool:
    """Whether to walk from the newest entry on, until so many are found.

    Otherwise all matches are taken from the index of words and then sorted. The planner
    takes a look at ``words`` for free, and so walks past thousands of entries; it has
    to be fetched from beside the row.
    """
    plan = fetch(
        "EXPLAIN (FORMAT JSON) SELECT 1 FROM search_entry WHERE words @@ %s::tsquery",
        [_tsquery(match)],
    )
    size = fetch("SELECT reltuples FROM pg_class WHERE oid = 'search_entry'::regclass")
    matches, entries = plan[0][0][0]["Plan"]["Plan Rows"], size[0][0]
    # Before the first ANALYZE the number of entries is not known: -1.
    walked = wanted * max(entries, matches) / max(matches, 1)
    return bool(walked * _WALKED_FOR_A_MATCH < matches)


def _where(match: Match) -> tuple[str, list[object]]:
    conditions = ["e.words @@ %s::tsquery"]
    parameters: list[object] = [_tsquery(match)]
    for word in match.words:
        in_text = "strpos(e.text, %s) > 0"
        is_pair = len(word.tokens) == 1
        conditions.append(f"(NOT e.oversize OR {in_text})" if is_pair else in_text)
        parameters.append(word.pattern)
    if match.seconds:
        conditions.append("e.published_second >= %s AND e.published_second < %s")
        parameters += match.seconds
    return " AND ".join(conditions), parameters


def _tsquery(match: Match) -> str:
    """Tokens hold no quotation mark or backslash, so none can break out."""
    tokens = [token for word in match.words for token in word.tokens]
    parts = [f"({_all(tokens)} | '{OVERSIZE}')" if tokens else f"'{ALL}'"]
    if match.in_head:
        heads = [_all([HEAD_SIGN + token for token in w.tokens]) for w in match.words]
        parts.append(f"({' | '.join(heads)})")
    parts += [f"({_any(group)})" for group in match.groups]
    return " & ".join(parts)


def _all(tokens: Sequence[str]) -> str:
    return "(" + " & ".join(f"'{token}'" for token in dict.fromkeys(tokens)) + ")"


def _any(tokens: Sequence[str]) -> str:
    return " | ".join(f"'{token}'" for token in tokens)


def _excluded(columns: str) -> str:
    return ", ".join(f"excluded.{name}" for name in columns.split(", "))
