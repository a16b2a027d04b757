class ApplicationRefused(Exception):
    """What stands against an act, as sentences for the person who tried it."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class NotAllowedNow(ApplicationRefused):
    """The case is not where this act begins, or is not this person's to do."""


class BadInput(ApplicationRefused):
    """A field cannot be taken; ``field`` names it, the sentence value and remedy."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class NoSuchCase(Exception):
    """Number and query code do not belong together; nothing more is told."""


class NoSuchDraft(Exception):
    """The token opens no application that is being typed."""
