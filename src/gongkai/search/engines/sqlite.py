"""FTS5 without content: positions of tokens, and nothing else, so phrases are exact.

Nothing can be deleted from such a table but with the very tokens that were put; other
ones leave a ghost that search goes on to find. They are kept beside it.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import starmap

from gongkai.search.engines import packing
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
from gongkai.search.terms import ALL, Group, term
from gongkai.search.words import Word

# Text is folded before it comes here: the plainest tokenizer cuts at spaces only.
_MAKE_WORDS = """
CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5(
    tokens, content='', columnsize=0, tokenize="ascii tokenchars '=^'")
"""
_MAKE_TOKENS = """
CREATE TABLE IF NOT EXISTS search_tokens (id integer PRIMARY KEY, tokens blob NOT NULL)
"""
# What is listed, counted and filtered by, without the long texts beside it.
_MAKE_LISTED = """
CREATE INDEX IF NOT EXISTS search_entry_listed
ON search_entry (id, published_second, object_id, kind, facets)
"""
_MATCHING = "FROM search_words WHERE search_words MATCH %s"
# CROSS JOIN: the planner may not begin with the entries.
_MATCHING_ENTRIES = (
    "FROM search_words CROSS JOIN search_entry e INDEXED BY search_entry_listed"
    " ON e.id = search_words.rowid WHERE search_words MATCH %s"
)
# The year 1 is minute 0: ids are positive for every date.
_MINUTES_BEFORE_1970 = 1_035_593_280


class SQLite(Engine):
    def make(self) -> None:
        run(_MAKE_WORDS)
        run(_MAKE_TOKENS)
        run(_MAKE_LISTED)
        # Its forerunner.
        run("DROP INDEX IF EXISTS search_entry_slim")
        if not fetch("SELECT 1 FROM search_entry LIMIT 1"):
            # A flush knows Django's own tables only.
            self._empty_words()

    def put(self, prepared: Prepared) -> None:
        minute = prepared.published_second // 60
        known = fetch(
            "SELECT id, published_second FROM search_entry"
            " WHERE kind = %s AND object_id = %s",
            [prepared.kind, prepared.object_id],
        )
        self._remove_ids([entry_id for entry_id, _ in known])
        if known and known[0][1] // 60 == minute:
            entry_id = known[0][0]
        else:
            entry_id = _free_id(minute + _MINUTES_BEFORE_1970)
        tokens = " ".join(prepared.tokens)
        entry = prepared.entry()
        run(
            f"INSERT INTO search_entry (id, {ENTRY_COLUMNS})"  # noqa: S608 - constants
            f" VALUES (%s, {marks(entry)})",
            [entry_id, *entry],
        )
        run(
            "INSERT INTO search_words (rowid, tokens) VALUES (%s, %s)",
            [entry_id, tokens],
        )
        run(
            "INSERT INTO search_tokens (id, tokens) VALUES (%s, %s)",
            [entry_id, packing.pack(prepared.tokens)],
        )

    def remove(self, kind: str, object_ids: Sequence[int]) -> None:
        found = fetch(
            "SELECT id FROM search_entry WHERE kind = %s"  # noqa: S608 - placeholders
            f" AND object_id IN ({marks(object_ids)})",
            [kind, *object_ids],
        )
        self._remove_ids([entry_id for (entry_id,) in found])

    def _remove_ids(self, ids: Sequence[int]) -> None:
        for entry_id in ids:
            for (tokens,) in fetch(
                "SELECT tokens FROM search_tokens WHERE id = %s", [entry_id]
            ):
                run(
                    "INSERT INTO search_words (search_words, rowid, tokens)"
                    " VALUES ('delete', %s, %s)",
                    [entry_id, " ".join(packing.unpack(tokens))],
                )
            run("DELETE FROM search_tokens WHERE id = %s", [entry_id])
            run("DELETE FROM search_entry WHERE id = %s", [entry_id])

    def clear(self) -> None:
        run("DELETE FROM search_entry")
        self._empty_words()

    def _empty_words(self) -> None:
        run("DELETE FROM search_tokens")
        run("INSERT INTO search_words (search_words) VALUES ('delete-all')")

    def lock_out_writers(self) -> None:
        """Nothing to do: SQLite has one writer at a time."""

    def enter_as_writer(self) -> None:
        """Nothing to do: SQLite has one writer at a time."""

    def rows(
        self, match: Match, columns: str, limit: int, offset: int = 0
    ) -> list[Row]:
        source, parameters = _source(match)
        return fetch(
            # Entries are read for this page only, not for what is before it.
            f"SELECT {columns} FROM (SELECT search_words.rowid AS id"  # noqa: S608 - constants
            f" {source}"
            " ORDER BY search_words.rowid DESC LIMIT %s OFFSET %s) found"
            " CROSS JOIN search_entry e ON e.id = found.id ORDER BY e.id DESC",
            [_expression(match), *parameters, limit, offset],
        )

    def count(self, match: Match, cap: int) -> int:
        source, parameters = _source(match)
        found = fetch(
            f"SELECT count(*) FROM (SELECT 1 {source} LIMIT %s)",  # noqa: S608 - constants
            [_expression(match), *parameters, cap],
        )
        return int(found[0][0])

    def newest(self, match: Match, cap: int) -> list[Listed]:
        _, parameters = _source(match)
        found = fetch(
            "SELECT e.id, e.published_second, e.object_id, e.kind, e.facets"
            f" {_MATCHING_ENTRIES}{_time(match)}"
            " ORDER BY search_words.rowid DESC LIMIT %s",
            [_expression(match), *parameters, cap],
        )
        return list(starmap(Listed, found))

    def older_heads(self, match: Match, before: int, cap: int) -> list[int]:
        source, parameters = _source(replace(match, in_head=True))
        found = fetch(
            f"SELECT search_words.rowid {source} AND search_words.rowid < %s"
            " ORDER BY search_words.rowid DESC LIMIT %s",
            [_expression(replace(match, in_head=True)), *parameters, before, cap],
        )
        return [entry_id for (entry_id,) in found]

    def facet_rows(self, match: Match, cap: int) -> list[str]:
        _, parameters = _source(match)
        found = fetch(
            f"SELECT e.facets {_MATCHING_ENTRIES}{_time(match)} LIMIT %s",
            [_expression(match), *parameters, cap],
        )
        return [facets for (facets,) in found]

    def damaged(self, kind: str) -> list[int | None]:
        in_words = "(SELECT rowid FROM search_words WHERE search_words MATCH %s)"
        expression = f'"{term("kind", kind)}"'
        broken = fetch(
            "SELECT object_id FROM search_entry WHERE kind = %s"  # noqa: S608 - constants
            f" AND NOT (id IN {in_words} AND id IN (SELECT id FROM search_tokens))",
            [kind, expression],
        )
        ghosts = fetch(
            "SELECT NULL FROM search_words WHERE search_words MATCH %s"
            " AND rowid NOT IN (SELECT id FROM search_entry WHERE kind = %s)",
            [expression, kind],
        )
        return [object_id for (object_id,) in broken + ghosts]

    def optimize(self) -> None:
        run("INSERT INTO search_words (search_words) VALUES ('optimize')")


def _free_id(wanted: int) -> int:
    """An id at this minute, or a little before it where the minute is taken.

    Never after it: a big import must not stand before what is published tomorrow.
    """
    width = 1
    while True:
        entry_id = wanted - random.randrange(width)  # noqa: S311 - only spreads
        if not fetch("SELECT 1 FROM search_entry WHERE id = %s", [entry_id]):
            return entry_id
        width *= 2


def _expression(match: Match) -> str:
    """FTS5's query. Tokens hold no quotation mark, so none can break out."""
    parts = [_phrase(word) for word in match.words] or [f'"{ALL}"']
    if match.in_head:
        parts.append(_any([_phrase(word, HEAD_SIGN) for word in match.words]))
    parts += [_any([f'"{one}"' for one in group]) for group in match.groups]
    return " AND ".join(parts)


def _phrase(word: Word, sign: str = "") -> str:
    return '"' + " ".join(sign + token for token in word.tokens) + '"'


def _any(alternatives: Sequence[str] | Group) -> str:
    return f"({' OR '.join(alternatives)})"


def _source(match: Match) -> tuple[str, list[int]]:
    """FROM and WHERE, and what follows the expression among the parameters."""
    if match.seconds is None:
        return _MATCHING, []
    return _MATCHING_ENTRIES + _time(match), list(match.seconds)


def _time(match: Match) -> str:
    if match.seconds is None:
        return ""
    return " AND e.published_second >= %s AND e.published_second < %s"
