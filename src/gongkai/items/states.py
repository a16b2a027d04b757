"""An item's state as a word and a colour, the same on every page of the console."""

from gongkai.items.choices import Stage
from gongkai.items.models import Item

STATES = (
    Stage.DRAFT,
    Stage.IN_REVIEW,
    Stage.RETURNED,
    Stage.APPROVED,
    Stage.PLANNED,
    Stage.PUBLISHED,
    Stage.KEPT,
    Stage.WITHDRAWN,
)
"""In the order of an item's life, for tabs."""

_COLOURS = {
    Stage.IN_REVIEW: "info",
    Stage.RETURNED: "bad",
    Stage.APPROVED: "ok",
    Stage.PLANNED: "info",
    Stage.PUBLISHED: "ok",
    Stage.WITHDRAWN: "warn",
}


def tag_of(item: Item) -> tuple[str, str]:
    """The word for the stage, and the state of its tag."""
    stage = Stage(item.stage)
    return str(stage.label), _COLOURS.get(stage, "")
