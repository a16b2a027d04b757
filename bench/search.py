"""Search: time, size and recall against a scan; SIZE=100000.

DATABASE=postgres://… prints PostgreSQL beside: a server that lets a database be made.
"""

import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from bench import table
from bench.corpus import Piece, pieces

BASELINE_SIZE = 10_000
QUERIES = 100
PATHS = 50  # agencies, each below the government that is number 1
SINGLE_WORDS = (
    *(
        "公开",
        "政府",
        "政府信息公开",
        "主动公开",
        "易地扶贫搬迁",
        "开政",
        "信息公开制度",
    ),
    *("的", "公", "村", "2018"),
)
PG_DATABASE = "gongkai_bench_search"

Figures = dict[str, Any]


def main() -> None:
    size = table.size(100_000)
    runs = {"SQLite, baseline": _run(BASELINE_SIZE, None), "SQLite": _run(size, None)}
    if server := os.environ.get("DATABASE"):
        runs["PostgreSQL, baseline"] = _run(BASELINE_SIZE, server)
        runs["PostgreSQL"] = _run(size, server)
    _show(size, runs)


def _show(size: int, runs: dict[str, Figures]) -> None:
    print(f"\nsearch: {size:,} documents; the baseline index has {BASELINE_SIZE:,}")
    for engine in [name for name in runs if "," not in name]:
        large, small = runs[engine], runs[f"{engine}, baseline"]
        rows = [
            [
                name,
                f"{p50:.1f}",
                f"{p95:.1f}",
                f"{p95 / small['times'][name][1]:.1f}",
                f"{large['scan'] / p95:.0f}",
            ]
            for name, (p50, p95) in large["times"].items()
        ]
        table.show(
            f"{engine}: milliseconds",
            ["query", "p50", "p95", "× baseline", "times faster than LIKE"],
            rows,
        )
        table.show(
            f"{engine}: recall and size",
            ["what", "figure"],
            [[name, value] for name, value in large["facts"].items()],
        )


def _run(size: int, server: str | None) -> Figures:
    """Measure in a process of its own, which has one database and no other."""
    with tempfile.TemporaryDirectory() as folder, _database(folder, server) as address:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "gongkai.settings",
            "GONGKAI_ENV": "test",
            "GONGKAI_SECRET_KEY": "bench",
            "GONGKAI_AUDIT_KEY": "bench",
            "GONGKAI_VAR": folder,
            "GONGKAI_DATABASE": address,
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.search", "--measure", str(size)],
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
        )
    figures: Figures = json.loads(done.stdout)
    return figures


@contextmanager
def _database(folder: str, server: str | None) -> Iterator[str]:
    if server is None:
        yield str(Path(folder) / "bench.sqlite3")
        return
    import psycopg
    from psycopg import sql

    parts = urlsplit(server)
    name = sql.Identifier(PG_DATABASE)
    anywhere = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(anywhere, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            yield urlunsplit(parts._replace(path=f"/{PG_DATABASE}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _measure(size: int) -> Figures:
    import django

    django.setup()
    corpus = list(pieces(size, agencies=PATHS))
    built = _build(corpus)
    chance = random.Random(7)
    pairs = [_two_words(chance, corpus) for _ in range(QUERIES)]
    times = {
        "two words": _times(pairs, _words_only),
        "two words, facets, filter": _times(pairs, _filtered),
        "the same, newest first": _times(pairs, _newest),
    }
    for word in SINGLE_WORDS:
        times[f"one word: {word}"] = _times([word] * 10, _words_only)
    facts = {"build": f"{built:.0f} s, {size / built:.0f} documents/s"}
    facts |= _sizes(corpus) | _recall(chance, corpus) | _puts(corpus)
    return {"times": times, "scan": _scan_time(pairs[:3]), "facts": facts}


def _build(corpus: list[Piece]) -> float:
    from django.db import connection

    from gongkai.search import engines, models, put_many
    from gongkai.search.sources import sources  # noqa: F401 - the app is whole

    with connection.schema_editor() as editor:
        for model in (models.Entry, models.FacetValue, models.Rebuild, models.Settled):
            editor.create_model(model)
    engines.current().make()
    started = time.perf_counter()
    for start in range(0, len(corpus), 1_000):
        put_many(map(_document, corpus[start : start + 1_000]))
    engines.current().optimize()
    return time.perf_counter() - started


def _document(piece: Piece) -> Any:
    from gongkai.search import Document

    below = "" if piece.agency_id == 1 else f"{piece.agency_id:04}"
    return Document(
        kind="item",
        object_id=piece.number,
        agency_id=piece.agency_id,
        agency_path=f"0001{below}",
        published_at=piece.published_at,
        title=piece.title,
        doc_no=piece.doc_no,
        index_no=piece.index_no,
        body=piece.body,
        facets={
            "kind": "notice" if piece.number % 5 else "report",
            "topic": piece.topic,
            "year": str(piece.published_at.year),
            "validity": "in_force" if piece.number % 9 else "repealed",
            "column": str(piece.number % 60),
        },
    )


def _two_words(chance: random.Random, corpus: list[Piece]) -> str:
    """Two words of one document, as frequent ones as documents are made of."""
    body = chance.choice(corpus).body
    return " ".join(
        _drawn(chance, body, length) for length in (2, chance.choice((2, 4)))
    )


def _drawn(chance: random.Random, body: str, length: int) -> str:
    runs = [run for run in re.findall("[\u4e00-\u9fff]+", body) if len(run) >= length]
    run = chance.choice(runs)
    start = chance.randrange(len(run) - length + 1)
    return run[start : start + length]


def _words_only(text: str) -> object:
    from gongkai import search

    return search.find(search.Query(text))


def _filtered(text: str) -> object:
    from gongkai import search

    return search.find(
        search.Query(text, subtree_of="0001", filters={"kind": "notice"})
    )


def _newest(text: str) -> object:
    from gongkai import search

    return search.find(
        search.Query(text, subtree_of="0001", filters={"kind": "notice"}, sort="newest")
    )


def _times(texts: list[str], act: Callable[[str], object]) -> tuple[float, float]:
    """(p50, p95) in milliseconds, warm."""
    taken: list[float] = []
    for text in texts[:5] + texts:
        started = time.perf_counter()
        act(text)
        taken.append((time.perf_counter() - started) * 1000)
    taken = sorted(taken[5:] if len(texts) > 5 else taken)
    return statistics.median(taken), taken[int(len(taken) * 0.95)]


def _scan_time(texts: list[str]) -> float:
    """Milliseconds of the naive way: LIKE over the text, with no index."""
    from django.db import connection

    column = "lead" if connection.vendor == "sqlite" else "text"
    taken: list[float] = []
    for text in texts:
        first, second = text.split()
        started = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM search_entry WHERE {column} LIKE %s"  # noqa: S608 - ours
                f" AND {column} LIKE %s ORDER BY id DESC LIMIT 20 OFFSET 100000",
                [f"%{first}%", f"%{second}%"],
            )
            cursor.fetchall()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def _sizes(corpus: list[Piece]) -> dict[str, str]:
    from django.db import connection

    text = sum(len((piece.title + piece.body).encode()) for piece in corpus)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            size = Path(str(connection.settings_dict["NAME"])).stat().st_size
        else:
            cursor.execute("SELECT pg_total_relation_size('search_entry')")
            size = cursor.fetchone()[0]
    return {
        "text": f"{text / 1e6:.0f} MB",
        "index and entries": f"{size / 1e6:.0f} MB, {size / text:.1f} × the text",
    }


def _recall(chance: random.Random, corpus: list[Piece]) -> dict[str, str]:
    return {
        f"{name}, 50 drawn": _recall_of(
            [_drawn(chance, chance.choice(corpus).body, length) for _ in range(50)],
            corpus,
        )
        for name, length in (("words of two", 2), ("phrases of four", 4))
    }


def _recall_of(words: list[str], corpus: list[Piece]) -> str:
    """Share of the documents holding the words that is found, and the reverse."""
    from gongkai.search import engines
    from gongkai.search.engines.base import Match
    from gongkai.search.words import words_of

    held = found = both = 0
    for word in words:
        truth = {
            piece.number
            for piece in corpus
            if word in piece.body or word in piece.title
        }
        match = Match(words_of(word))
        rows = engines.current().rows(match, "e.object_id", len(corpus))
        given = {object_id for (object_id,) in rows}
        held, found, both = (
            held + len(truth),
            found + len(given),
            both + len(truth & given),
        )
    return f"recall {both / held:.2%}, precision {both / found:.2%} of {held:,}"


def _puts(corpus: list[Piece]) -> dict[str, str]:
    from gongkai import search

    taken: list[float] = []
    for piece in corpus[:100]:
        document = _document(piece)
        started = time.perf_counter()
        search.put(document)
        taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    return {"put again, p50 / p95": f"{taken[50]:.1f} / {taken[95]:.1f} ms"}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(_measure(int(sys.argv[2]))))
    else:
        main()
