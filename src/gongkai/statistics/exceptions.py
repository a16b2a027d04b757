class FilingRefused(Exception):
    """What stands against an act on figures, as sentences for who tried it."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class BadFigure(FilingRefused):
    """A field cannot be taken; ``field`` names it, the sentence value and remedy."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class MovedOn(FilingRefused):
    """The return is not where this act begins: somebody else was first."""


class NotReady(FilingRefused):
    """Relations that must hold are broken, or warnings have no note."""
