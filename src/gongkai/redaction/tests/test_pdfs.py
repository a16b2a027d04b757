"""Tricks in a PDF that is to be released as it is: named, or gone when cleaned."""

import io

import pikepdf
import pytest

from gongkai.redaction import TracesFound, check_pdf, clean_pdf
from gongkai.redaction.tests.test_rebuilding import SECRET, every_byte, pdf


def drawn(contents: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf())) as made:
        made.pages[0].Contents = made.make_stream(contents)
        del made.trailer.Info
        file = io.BytesIO()
        made.save(file)
    return file.getvalue()


def test_a_clean_file_passes() -> None:
    check_pdf(drawn(b"BT /F 24 Tf 40 330 Td (OPEN) Tj ET"))


@pytest.mark.parametrize(
    ("contents", "kind"),
    [
        (b"BT /F 24 Tf 1 g 40 330 Td (S) Tj ET", "hidden_text"),
        (b"BT /F 24 Tf 3 Tr 40 330 Td (S) Tj ET", "hidden_text"),
        (b"BT /F 24 Tf 40 330 Td (S) Tj ET 30 320 99 40 re f", "hidden_text"),
        (b"BT /F 24 Tf 40 930 Td (S) Tj ET", "off_page"),
    ],
)
def test_text_that_no_reader_sees_is_found(contents: bytes, kind: str) -> None:
    with pytest.raises(TracesFound, match=f"{kind} p1"):
        check_pdf(drawn(contents))
    with pytest.raises(TracesFound, match=kind):
        clean_pdf(drawn(contents))


def test_properties_are_found_and_gone_from_the_clean_copy() -> None:
    source = pdf(b"OPEN")
    with pikepdf.open(io.BytesIO(source)) as made:
        made.docinfo["/Subject"] = SECRET.decode()
        file = io.BytesIO()
        made.save(file)
    with pytest.raises(TracesFound, match="metadata"):
        check_pdf(file.getvalue())
    assert SECRET not in every_byte(clean_pdf(file.getvalue()))
