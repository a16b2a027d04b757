"""Reads anybody's annual report on disclosure: its text, and what it is.

``read_bytes`` gives the text of a file, ``recognise`` says whose report it is and of
which year, ``to_html`` gives its body. Pure Python, no Django.
"""

from gongkai.reportreader.forms import FormName, Regime
from gongkai.reportreader.markup import to_html
from gongkai.reportreader.periods import Period
from gongkai.reportreader.quoting import Quote
from gongkai.reportreader.reading import (
    MAX_BYTES,
    ReadingError,
    SourceText,
    read_bytes,
)
from gongkai.reportreader.recognising import (
    Chapter,
    Problem,
    Recognition,
    recognise,
)

__all__ = [
    "MAX_BYTES",
    "Chapter",
    "FormName",
    "Period",
    "Problem",
    "Quote",
    "ReadingError",
    "Recognition",
    "Regime",
    "SourceText",
    "read_bytes",
    "recognise",
    "to_html",
]
