"""What goes into the index and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Sort = Literal["relevance", "newest"]
# Facet that every document has by itself.
AGENCY = "agency"


@dataclass(frozen=True)
class Document:
    """What search knows of one public record.

    ``agency_path`` is the agency's path in the tree; whoever moves an agency puts the
    documents below it again. ``facets`` are short values to filter and count by; an
    empty one is none. ``published_at`` is aware.
    """

    kind: str
    object_id: int
    agency_id: int
    agency_path: str
    published_at: datetime
    title: str
    doc_no: str = ""
    index_no: str = ""
    body: str = ""
    facets: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.published_at.tzinfo is None:
            raise ValueError("published_at must be aware")
        if AGENCY in self.facets:
            raise ValueError(f"the facet {AGENCY!r} is made from agency_id")


@dataclass(frozen=True)
class Query:
    """What somebody looks for. Every word must match; "words in quotes" side by side.

    ``subtree_of`` is the path of an agency: it and all below it. ``filters`` may name
    any facet; both dates are in the range, in the site's time zone.
    """

    text: str = ""
    kind: str | None = None
    agency_id: int | None = None
    subtree_of: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    date_from: date | None = None
    date_to: date | None = None
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = 20


@dataclass(frozen=True)
class Hit:
    object_id: int
    kind: str
    score: float = 0.0


@dataclass(frozen=True)
class FacetCount:
    """``is_capped``: there are ``count`` or more."""

    value: str
    count: int
    is_capped: bool = False


@dataclass(frozen=True)
class Results:
    """One page of what was found.

    ``ranked_all`` is False where only the newest matches, and older ones with a word
    in their title or number, were ranked; the rest follows newest first.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    total_is_capped: bool = False
    facets: dict[str, list[FacetCount]] = field(default_factory=dict)
    facets_capped: bool = False
    ranked_all: bool = True
    page: int = 1
    page_size: int = 20

    @property
    def page_count(self) -> int:
        """Pages that can be reached; a capped total ends them."""
        return -(-self.total // self.page_size)
