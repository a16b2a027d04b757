from gongkai.items.models.content import (
    Content,
    Draft,
    DraftFile,
    Version,
    VersionFile,
    Writer,
)
from gongkai.items.models.flow import FlowStep, ReviewFlow
from gongkai.items.models.item import Change, Item
from gongkai.items.models.release import Outlet, Release
from gongkai.items.models.review import (
    Decision,
    Explanation,
    Finding,
    Opening,
    Step,
    Vouching,
)

__all__ = [
    "Change",
    "Content",
    "Decision",
    "Draft",
    "DraftFile",
    "Explanation",
    "Finding",
    "FlowStep",
    "Item",
    "Opening",
    "Outlet",
    "Release",
    "ReviewFlow",
    "Step",
    "Version",
    "VersionFile",
    "Vouching",
    "Writer",
]
