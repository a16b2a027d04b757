"""What can go wrong with an item. ``messages`` are sentences for the person."""

from collections.abc import Sequence


class ItemRefused(Exception):
    """The act is not possible now; ``messages`` say why and what to do."""

    def __init__(self, *messages: object) -> None:
        super().__init__(*messages)
        self.messages: Sequence[str] = [str(message) for message in messages]


class EditedElsewhere(ItemRefused):
    """The draft was saved by another window or person since this one began."""


class AlreadyDecided(ItemRefused):
    """Somebody else decided the step, or the same person pressed twice."""


class NotAllowedNow(ItemRefused):
    """The item's stage does not allow the act."""


class NotApproved(ItemRefused):
    """The version has not passed every step with the content that it has now."""


class FileRefused(ItemRefused):
    """The upload cannot become an attachment."""
