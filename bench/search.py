"""Search on both engines: time beside an archive a tenth as large, and recall."""

import json
from dataclasses import dataclass, replace
from typing import TypedDict

from bench.sites import Engine, Site, Sites
from bench.table import Row, say

MOST_MILLISECONDS = 25
MOST_GROWTH = 3
MOST_FOR_A_WORD = 100
LEAST_RECALL = {"two-character words": 0.98, "four-character phrases": 0.99}

FILTERED = "two words, facets, filter"

# p50 and p95 in milliseconds.
Times = tuple[float, float]


class Recall(TypedDict):
    """Documents that hold the words drawn; those found; those found that do."""

    held: int
    found: int
    both: int


class Measured(TypedDict):
    times: dict[str, Times]
    words: dict[str, Times]
    scan: float
    recall: dict[str, Recall]
    put: Times
    text_bytes: int
    index_bytes: int


def measure(sites: Sites) -> list[Row]:
    engines: list[Engine] = ["SQLite"]
    if sites.has_postgresql():
        engines.append("PostgreSQL")
    sites.make([(engine, sites.size) for engine in engines])
    sites.make([(engine, sites.tenth) for engine in engines])
    return [row for engine in engines for row in _rows(sites, engine)]


def _rows(sites: Sites, engine: Engine) -> list[Row]:
    # The targets are those of SQLite; PostgreSQL's figures stand beside.
    comparison = Comparison(
        engine,
        _measured(sites.get(engine, sites.tenth), recall=False),
        _measured(sites.get(engine, sites.size), recall=True),
        which=f"{sites.tenth:,} items",
        is_held=engine == "SQLite",
    )
    return comparison.rows()


def _measured(site: Site, *, recall: bool) -> Measured:
    say(f"searching {site.size:,} items on {site.engine}")
    words = ["--recall"] if recall else []
    measured: Measured = json.loads(site.ask("bench.searching", *words))
    return measured


@dataclass(frozen=True)
class Comparison:
    """One engine, a small archive and a large one. ``is_held`` to the targets."""

    engine: Engine
    small: Measured
    large: Measured
    which: str
    is_held: bool

    def rows(self) -> list[Row]:
        return [
            *(row for name in self.large["times"] for row in self._times(name)),
            self._scan(),
            self._slowest_word(),
            *(self._recall(name) for name in self.large["recall"]),
            self._plain(
                "put one again, p95 ms", self.large["put"][1], self.small["put"][1]
            ),
            self._size(),
        ]

    def _times(self, name: str) -> list[Row]:
        (p50, p95), (small_p50, small_p95) = (
            self.large["times"][name],
            self.small["times"][name],
        )
        is_met = p95 < MOST_MILLISECONDS and p95 <= MOST_GROWTH * small_p95
        target = f"under {MOST_MILLISECONDS}, ratio to {MOST_GROWTH}"
        return [
            self._held(self._plain(f"{name}, p95 ms", p95, small_p95), target, is_met),
            self._plain(f"{name}, p50 ms", p50, small_p50),
        ]

    def _slowest_word(self) -> Row:
        words = self.large["words"]
        word = max(words, key=lambda one: words[one][1])
        figure = words[word][1]
        row = self._plain(
            f"slowest single word ({word}), p95 ms",
            figure,
            self.small["words"][word][1],
        )
        return self._held(row, f"under {MOST_FOR_A_WORD}", figure < MOST_FOR_A_WORD)

    def _recall(self, name: str) -> Row:
        found, least = self.large["recall"][name], LEAST_RECALL[name]
        recall = found["both"] / found["held"]
        row = Row(
            f"{self.engine}: 50 {name}, documents found",
            f"{found['both']:,}",
            f"{found['held']:,}",
            f"a scan ({found['found'] - found['both']} found in vain)",
            f"{recall:.4f}",
        )
        return self._held(row, f"at least {least}", recall >= least)

    def _scan(self) -> Row:
        figure, scan = self.large["times"][FILTERED][1], self.large["scan"]
        return Row(
            f"{self.engine}: {FILTERED}, p95 ms",
            f"{figure:.1f}",
            f"{scan:.0f}",
            "a scan for the words alone",
            f"{figure / scan:.2f}",
        )

    def _size(self) -> Row:
        figure, texts = self.large["index_bytes"], self.large["text_bytes"]
        return Row(
            f"{self.engine}: index, MB",
            f"{figure / 1e6:.0f}",
            f"{texts / 1e6:.0f}",
            "the texts",
            f"{figure / texts:.1f}",
        )

    def _put(self) -> Row:
        (_, p95), (_, small_p95) = self.large["put"], self.small["put"]
        return self._plain("put one again, p95 ms", p95, small_p95)

    def _plain(self, what: str, figure: float, baseline: float) -> Row:
        return Row(
            f"{self.engine}: {what}",
            f"{figure:.1f}",
            f"{baseline:.1f}",
            self.which,
            f"{figure / baseline:.1f}",
        )

    def _held(self, row: Row, target: str, is_met: bool) -> Row:
        return replace(row, target=target, is_met=is_met) if self.is_held else row
