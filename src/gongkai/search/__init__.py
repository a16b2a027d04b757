"""Search over whatever the ledgers give it; it knows nothing of items.

One interface, two engines: FTS5 on SQLite, tsvector and GIN on PostgreSQL.
"""

from gongkai.search.checking import Difference, check_search
from gongkai.search.documents import (
    Document,
    FacetCount,
    Hit,
    Query,
    Results,
    Sort,
)
from gongkai.search.finding import browse, exact, find
from gongkai.search.indexing import clear, put, put_many, remove
from gongkai.search.loosening import loosen
from gongkai.search.marking import highlight, snippet
from gongkai.search.rebuilding import rebuild

__all__ = [
    "Difference",
    "Document",
    "FacetCount",
    "Hit",
    "Query",
    "Results",
    "Sort",
    "browse",
    "check_search",
    "clear",
    "exact",
    "find",
    "highlight",
    "loosen",
    "put",
    "put_many",
    "rebuild",
    "remove",
    "snippet",
]
