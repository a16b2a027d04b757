"""What is published already and likely answers a request."""

from collections import Counter
from datetime import date
from math import log1p

import rjieba

from gongkai import search
from gongkai.agencies.models import Agency
from gongkai.items.listing import Row, row_of
from gongkai.items.models import Item
from gongkai.items.search_documents import KIND

SHOWN = 5
MOST_PARTS = 6
EACH = 20
# Words of a request rather than of what is asked for.
_COMMON = frozenset(
    ("年度", "结果", "明细", "情况", "信息", "关于", "通知", "有关", "相关", "全部")
)


def likely_answers(agency: Agency, subject: str, doc_no: str, today: date) -> list[Row]:
    """At most SHOWN public items: of that document number, then by the words typed.

    The agency's own and those below it come first, then the whole platform's.
    """
    ids = [hit.object_id for hit in search.exact(doc_no) if hit.kind == KIND]
    for path in (agency.path, None):
        if len(ids) < SHOWN:
            ids += [one for one in _by_words(subject, path) if one not in ids]
    # The index is not asked whether the public may see it; the ledger is.
    readable = Item.objects.visible_to_public().for_public_list()
    public = readable.in_bulk(ids[: 4 * SHOWN])
    found = [public[one] for one in ids if one in public]
    return [row_of(item, today, body=True) for item in found[:SHOWN]]


def _by_words(subject: str, path: str | None) -> list[int]:
    query = search.Query(text=subject, kind=KIND, subtree_of=path, page_size=EACH)
    found = [hit.object_id for hit in search.find(query).hits]
    return found or _by_parts(subject, path)


def _by_parts(subject: str, path: str | None) -> list[int]:
    """What holds at least half of the words, and two; rare words weigh more."""
    parts = _parts(subject)
    scores: Counter[int] = Counter()
    matched: Counter[int] = Counter()
    for part in parts:
        query = search.Query(text=part, kind=KIND, subtree_of=path, page_size=EACH)
        found = search.find(query)
        for hit in found.hits:
            matched[hit.object_id] += 1
            scores[hit.object_id] += 1000 // (1 + int(log1p(found.total)))
    least = max(2, len(parts) // 2) if len(parts) > 1 else 1
    return [one for one, _score in scores.most_common() if matched[one] >= least]


def _parts(subject: str) -> list[str]:
    words = dict.fromkeys(word.strip() for word in rjieba.cut(subject))
    telling = [
        word
        for word in words
        if len(word) > 1 and not word.isdecimal() and word not in _COMMON
    ]
    return telling[:MOST_PARTS]
