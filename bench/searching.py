"""``python -m bench.searching [--recall]``: search this site, print figures as JSON."""

import json
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

import django

django.setup()

from django.db import connection  # noqa: E402 - after the set-up

from bench.search import FILTERED, Measured, Recall, Times  # noqa: E402
from bench.table import say  # noqa: E402
from gongkai import search  # noqa: E402
from gongkai.agencies.models import Agency  # noqa: E402
from gongkai.items.models import Item, Version  # noqa: E402
from gongkai.items.search_documents import document_of  # noqa: E402
from gongkai.search import engines  # noqa: E402
from gongkai.search.engines.base import Match, fetch  # noqa: E402
from gongkai.search.words import words_of  # noqa: E402

QUERIES = 100
REPEATS = 20
ASKINGS = 2
SCANS = 3
DRAWN = 50
# The most frequent words, one across two of them, characters, a rare one and a year.
SINGLE_WORDS = (
    *("公开", "政府", "政府信息公开", "主动公开", "易地扶贫搬迁", "开政"),
    *("信息公开制度", "的", "公", "村", "2018"),
)


def main(*, with_recall: bool) -> Measured:
    chance = random.Random(7)
    bodies = _bodies(chance, 2 * QUERIES)
    pairs = [_two_words(chance, body) for body in bodies[:QUERIES]]
    root = Agency.objects.get_root_nodes()[0].path

    def filtered(sort: search.Sort) -> Callable[[str], object]:
        return lambda text: search.find(
            search.Query(text, subtree_of=root, filters={"kind": "notice"}, sort=sort)
        )

    return Measured(
        times={
            FILTERED: _times(pairs, filtered("relevance")),
            "the same, newest first": _times(pairs, filtered("newest")),
        },
        words={word: _times([word] * REPEATS, _plainly) for word in SINGLE_WORDS},
        scan=statistics.median(_scan_time(pair) for pair in pairs[:SCANS]),
        recall=_recalls(chance, bodies) if with_recall else {},
        put=_put_times(),
        text_bytes=_text_bytes(),
        index_bytes=_index_bytes(),
    )


def _plainly(text: str) -> object:
    return search.find(search.Query(text))


def _bodies(chance: random.Random, count: int) -> list[str]:
    ids = list(Version.objects.values_list("pk", flat=True))
    versions = Version.objects.in_bulk(chance.choices(ids, k=count))
    bodies = [version.body for version in versions.values()]
    chance.shuffle(bodies)
    return (bodies * 2)[:count]


def _two_words(chance: random.Random, body: str) -> str:
    """Two of one document, so frequent as documents are made of them."""
    second = chance.choice((2, 4))
    return f"{_drawn(chance, body, 2)} {_drawn(chance, body, second)}"


def _drawn(chance: random.Random, body: str, length: int) -> str:
    """From anywhere inside, also across the ends of words."""
    runs = [run for run in re.findall("[\u4e00-\u9fff]+", body) if len(run) >= length]
    run = chance.choice(runs)
    start = chance.randrange(len(run) - length + 1)
    return run[start : start + length]


def _times(texts: Sequence[str], act: Callable[[str], object]) -> Times:
    """Warm, and the faster of two askings: other work on the machine is not meant."""
    askings = [
        [_milliseconds(partial(act, text)) for text in texts] for _ in range(ASKINGS)
    ]
    taken = sorted(map(min, zip(*askings, strict=True)))
    return statistics.median(taken), taken[int(len(taken) * 0.95)]


def _milliseconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _scan_time(pair: str) -> float:
    """What a site without an index does; the facets would come on top."""
    return _milliseconds(partial(_scanned, *pair.split()))


def _scanned(*words: str) -> set[int]:
    place = "instr" if connection.vendor == "sqlite" else "strpos"
    holds = f"({place}(body, %s) > 0 OR {place}(title, %s) > 0)"
    rows = fetch(
        f"SELECT item_id FROM items_version WHERE {' AND '.join([holds] * len(words))}",  # noqa: S608 - constants
        [word for word in words for _ in range(2)],
    )
    return {item_id for (item_id,) in rows}


def _recalls(chance: random.Random, bodies: list[str]) -> dict[str, Recall]:
    found: dict[str, Recall] = {}
    for name, length in (("two-character words", 2), ("four-character phrases", 4)):
        say(f"scanning for {DRAWN} {name}")
        words = [_drawn(chance, body, length) for body in bodies[-DRAWN:]]
        found[name] = _recall(words)
    return found


def _recall(words: list[str]) -> Recall:
    total = Recall(held=0, found=0, both=0)
    everything = Item.objects.count()
    for word in words:
        truth = _scanned(word)
        rows = engines.current().rows(Match(words_of(word)), "e.object_id", everything)
        given = {object_id for (object_id,) in rows}
        total["held"] += len(truth)
        total["found"] += len(given)
        total["both"] += len(truth & given)
    return total


def _put_times() -> Times:
    items = Item.objects.select_related("live", "agency", "column").order_by("pk")
    documents = [document_of(item) for item in items[:QUERIES]]
    taken = sorted(
        _milliseconds(partial(search.put, document)) for document in documents
    )
    return statistics.median(taken), taken[int(len(taken) * 0.95)]


def _text_bytes() -> int:
    length = "length(CAST(body AS blob))"
    if connection.vendor != "sqlite":
        length = "octet_length(body)"
    return int(fetch(f"SELECT sum({length}) FROM items_version")[0][0])  # noqa: S608 - constants


def _index_bytes() -> int:
    if connection.vendor == "sqlite":
        found = fetch("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_%%'", [])
    else:
        found = fetch("SELECT pg_total_relation_size('search_entry')")
    return int(found[0][0])


if __name__ == "__main__":
    print(json.dumps(main(with_recall="--recall" in sys.argv)))
