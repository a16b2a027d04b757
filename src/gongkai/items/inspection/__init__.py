"""What a tired reviewer misses: personal numbers, secrecy marks, hidden content."""

from gongkai.items.inspection.files import inspect_file
from gongkai.items.inspection.hints import Hint, HintCode, Severity
from gongkai.items.inspection.item import InspectedFile, inspect_item
from gongkai.items.inspection.texts import (
    inspect_file_name,
    inspect_text,
    masked_file_name,
)

__all__ = [
    "Hint",
    "HintCode",
    "InspectedFile",
    "Severity",
    "inspect_file",
    "inspect_file_name",
    "inspect_item",
    "inspect_text",
    "masked_file_name",
]
