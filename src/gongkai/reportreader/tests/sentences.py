"""Claims of a sentence by itself, for tests of wording."""

from gongkai.reportreader.claims import Claim, ProseReader
from gongkai.reportreader.folding import fold
from gongkai.reportreader.passages import Passage
from gongkai.reportreader.writing import view_of


def claims_in(text: str, *, heading: str = "", year: int | None = None) -> list[Claim]:
    """What the text states, under a heading of its chapter if given."""
    plain = fold(text)
    view = view_of(plain, 0, len(plain))
    passage = Passage(view, (heading,) if heading else ())
    return list(ProseReader(text, year).claims(passage))
