"""Redacting: page pictures with black boxes, and checks that nothing is left unseen.

Pure Python, usable alone. Whoever gets bytes from ``rebuild``, ``clean_pdf`` or
``clean_image`` gets bytes that were checked; a check that fails raises.
"""

from gongkai.redaction.boxes import Box
from gongkai.redaction.exceptions import (
    BadBox,
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    RedactionError,
    TooLong,
    TracesFound,
    UnknownFormat,
)
from gongkai.redaction.images import clean_image, image_traces
from gongkai.redaction.office import clean_office
from gongkai.redaction.pages import Pages, open_pages
from gongkai.redaction.pdfs import check_pdf, clean_pdf, pdf_traces
from gongkai.redaction.rebuilding import Rebuilt, rebuild
from gongkai.redaction.traces import Kind, Trace

__all__ = [
    "BadBox",
    "Box",
    "DamagedFile",
    "EmptyFile",
    "EncryptedFile",
    "Kind",
    "Pages",
    "Rebuilt",
    "RedactionError",
    "TooLong",
    "Trace",
    "TracesFound",
    "UnknownFormat",
    "check_pdf",
    "clean_image",
    "clean_office",
    "clean_pdf",
    "image_traces",
    "open_pages",
    "pdf_traces",
    "rebuild",
]
