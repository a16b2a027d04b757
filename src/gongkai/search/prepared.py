"""A document as the engines store it."""

from dataclasses import dataclass
from hashlib import blake2b

from gongkai.search.documents import Document
from gongkai.search.terms import FACET_END, FACET_SIGN, facets_of, second, terms_of
from gongkai.search.text import canonical, characters, number_key, tokens

HEAD_SIGN = "^"
# Characters of the body that ranking looks at.
LEAD = 200


@dataclass(frozen=True)
class Prepared:
    """``tokens`` in order: text, title and numbers again, single characters, terms."""

    kind: str
    object_id: int
    published_second: int
    facets: dict[str, str]
    head: str
    body: str
    doc_key: str
    index_key: str
    digest: str
    tokens: list[str]

    def entry(self) -> list[object]:
        """Values of ENTRY_COLUMNS."""
        return [
            *(self.kind, self.object_id, self.published_second),
            FACET_END.join(map(FACET_SIGN.join, sorted(self.facets.items()))),
            *(self.head, self.body[:LEAD]),
            *(self.doc_key, self.index_key, self.digest),
        ]


ENTRY_COLUMNS = (
    "kind, object_id, published_second, facets, head, lead, doc_key, index_key, digest"
)


def prepare(document: Document) -> Prepared:
    numbers = (document.doc_no, document.index_no)
    head = " ".join(map(canonical, (document.title, *numbers)))
    body = canonical(document.body)
    parts = [
        *_with_singles(f"{head} {body}"),
        *(HEAD_SIGN + token for token in _with_singles(head)),
        *terms_of(document),
    ]
    doc_key, index_key = map(number_key, numbers)
    return Prepared(
        kind=document.kind,
        object_id=document.object_id,
        published_second=second(document.published_at),
        facets=facets_of(document),
        head=head,
        body=body,
        doc_key=doc_key,
        index_key=index_key,
        digest=_digest(document, parts),
        tokens=parts,
    )


def _with_singles(text: str) -> list[str]:
    """Tokens of the text, then each character that is no token yet."""
    stream = tokens(text)
    return [*stream, *sorted(characters(text).difference(stream))]


def _digest(document: Document, parts: list[str]) -> str:
    """Changes with the document and with the way it is cut into tokens."""
    told = f"{document.published_at.timestamp()}\0{' '.join(parts)}"
    return blake2b(told.encode(), digest_size=16).hexdigest()
