class Unreadable(Exception):
    """A file without a report that can be read; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadClaim(Exception):
    """What was typed cannot be taken; ``field`` names it, the sentence the remedy."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


class NotReadNow(Exception):
    """The report is not read (yet), so nothing in it can be judged."""
