"""Reads anybody's annual report on disclosure: its text, and what it is.

``analyse`` gives a ``Report``: whose it is and of which year, every figure that it
states with the place of its words, its official table, and what in it does not agree.
``read_bytes`` gives the text of a file, ``recognise`` says whose report it is,
``to_html`` gives its body. Pure Python, no Django.
"""

from gongkai.reportreader.analysis import Report, analyse
from gongkai.reportreader.claims import Claim
from gongkai.reportreader.files import find_files, read_file
from gongkai.reportreader.findings import Finding
from gongkai.reportreader.forms import FormName, Regime
from gongkai.reportreader.formtables import Figure
from gongkai.reportreader.markup import to_html
from gongkai.reportreader.neighbours import beside_each_other, compared
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
from gongkai.reportreader.versioning import reader_version

__all__ = [
    "MAX_BYTES",
    "Chapter",
    "Claim",
    "Figure",
    "Finding",
    "FormName",
    "Period",
    "Problem",
    "Quote",
    "ReadingError",
    "Recognition",
    "Regime",
    "Report",
    "SourceText",
    "analyse",
    "beside_each_other",
    "compared",
    "find_files",
    "read_bytes",
    "read_file",
    "reader_version",
    "recognise",
    "to_html",
]
