"""The official form from the ledgers, and a province's tree rolled up."""

import json

from bench.sites import Engine, Sites
from bench.table import Row, say

FORM_SECONDS = 1.0
FILED_MILLISECONDS = 100
TREE_SECONDS = 20.0
MOST_GROWTH = 1.5
"""Of the time for a million rows, from the smallest tree to the largest."""
BODIES = 3_000
# In thirds of the size asked for: 0.3, 1.25 and 5 million of 100,000.
TREES = (3, 12.5, 50)
ITEMS = 0.3


def measure(sites: Sites) -> list[Row]:
    rows = sites.size * 10
    engines: list[Engine] = ["SQLite"]
    if sites.has_postgresql():
        engines.append("PostgreSQL")
    found = [row for engine in engines for row in _form(sites, engine, rows)]
    for engine in engines:
        found += _trees(sites, engine)
    return found


def _form(sites: Sites, engine: Engine, rows: int) -> list[Row]:
    items = int(rows * ITEMS)
    site = sites.built(
        engine, rows, "bench.ledgers", "1", str(rows - items), str(items)
    )
    say(f"counting forms on {engine}")
    told = json.loads(site.ask("bench.counting", "form"))
    is_held = engine == "SQLite"
    form, cells, filed = told["form"], told["cells"], told["filed"] * 1000
    return [
        Row(
            f"{engine}: form of 2021, one agency of {rows:,} records",
            f"{form:.2f} s",
            f"{cells:.1f} s",
            "a count for each cell",
            f"{form / cells:.3f}",
            f"< {FORM_SECONDS:.0f} s" if is_held else "",
            form < FORM_SECONDS if is_held else None,
        ),
        Row(f"{engine}: form of 2014, the same", f"{told['older']:.2f} s"),
        Row(f"{engine}: signing and filing it, once", f"{told['filing']:.1f} s"),
        Row(
            f"{engine}: page of the return, once filed",
            f"{filed:.0f} ms",
            f"{told['empty'] * 1000:.1f} ms",
            "a request that is refused",
            f"{filed / told['empty'] / 1000:.1f}",
            f"< {FILED_MILLISECONDS} ms" if is_held else "",
            filed < FILED_MILLISECONDS if is_held else None,
        ),
    ]


def _trees(sites: Sites, engine: Engine) -> list[Row]:
    found: list[tuple[int, dict[str, float]]] = []
    for factor in TREES:
        rows = int(sites.size * factor)
        bodies = min(BODIES, max(rows // 100, 10))
        site = sites.built(engine, rows, "bench.ledgers", str(bodies), str(rows), "0")
        say(f"rolling up {rows:,} records on {engine}")
        found.append((rows, json.loads(site.ask("bench.counting", "tree"))))
    return [
        *(_tree(engine, rows, told) for rows, told in found),
        _growth(engine, found),
        _returns(engine, found[-1][1]),
    ]


def _tree(engine: Engine, rows: int, told: dict[str, float]) -> Row:
    seconds = told["ledgers"]
    is_held = engine == "SQLite"
    return Row(
        f"{engine}: whole tree's form of 2021 from {rows:,} records",
        f"{seconds:.2f} s",
        f"{told['pass']:.2f} s",
        "one grouped pass over the register",
        f"{seconds / told['pass']:.1f}",
        f"< {TREE_SECONDS:.0f} s" if is_held else "",
        seconds < TREE_SECONDS if is_held else None,
    )


def _growth(engine: Engine, found: list[tuple[int, dict[str, float]]]) -> Row:
    (few, first), (many, last) = found[0], found[-1]
    small, large = first["ledgers"] / few * 1e6, last["ledgers"] / many * 1e6
    is_held = engine == "SQLite"
    return Row(
        f"{engine}: seconds a million records, largest tree",
        f"{large:.2f} s",
        f"{small:.2f} s",
        "the smallest tree",
        f"{large / small:.2f}",
        f"ratio to {MOST_GROWTH}" if is_held else "",
        large / small <= MOST_GROWTH if is_held else None,
    )


def _returns(engine: Engine, told: dict[str, float]) -> Row:
    return Row(
        f"{engine}: {BODIES:,} bodies' returns added up",
        f"{told['returns']:.2f} s",
        f"{told['cells']:.2f} s",
        "a sum over all cells by key",
        f"{told['returns'] / told['cells']:.1f}",
    )
