"""Every trick is stopped by the check, and gone after cleaning or rebuilding."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.redaction import (
    Box,
    TracesFound,
    check_pdf,
    clean_image,
    clean_pdf,
    image_traces,
    pdf_traces,
    rebuild,
)
from gongkai.redaction.tests.tricks import (
    CLEAR,
    IMAGES,
    PDFS,
    SECRET,
    SHOWN_LATER,
    clean_pdf_file,
    hides,
    photograph,
)


def test_a_file_without_tricks_passes() -> None:
    assert pdf_traces(clean_pdf_file()) == []
    assert not hides(clean_pdf_file())


@pytest.mark.parametrize("name", PDFS)
def test_a_trick_in_a_pdf_is_stopped_by_the_check(name: str) -> None:
    source = PDFS[name]()
    assert hides(source)
    with pytest.raises(TracesFound):
        check_pdf(source)


@pytest.mark.parametrize("name", PDFS)
def test_a_trick_in_a_pdf_is_gone_from_a_clean_copy_or_there_is_none(name: str) -> None:
    try:
        copy = clean_pdf(PDFS[name]())
    except TracesFound:
        return
    assert not hides(copy)
    assert pdf_traces(copy) == []


@pytest.mark.parametrize("name", PDFS)
def test_a_trick_in_a_pdf_is_gone_after_rebuilding(name: str) -> None:
    assert not hides(rebuild(PDFS[name]()).data)


@pytest.mark.parametrize("name", [*IMAGES, *SHOWN_LATER])
def test_a_trick_in_a_picture_is_found(name: str) -> None:
    assert image_traces((IMAGES | SHOWN_LATER)[name]())


@pytest.mark.parametrize("name", IMAGES)
def test_a_trick_in_a_picture_is_gone_from_its_copies(name: str) -> None:
    copy, _media_type = clean_image(IMAGES[name]())
    assert image_traces(copy) == []
    for made in (copy, rebuild(IMAGES[name]()).data):
        assert SECRET not in made


@pytest.mark.parametrize("name", SHOWN_LATER)
def test_of_many_frames_no_copy_is_made(name: str) -> None:
    with pytest.raises(TracesFound, match="frames"):
        clean_image(SHOWN_LATER[name]())


def test_clear_dots_with_a_colour_are_found_and_gone() -> None:
    assert [trace.kind for trace in image_traces(CLEAR())] == ["transparent"]
    copy, _media_type = clean_image(CLEAR())
    assert image_traces(copy) == []


def test_a_thumbnail_in_the_cameras_data_is_found() -> None:
    inner = photograph()
    begin, end = photograph()[:2], photograph()[2:]
    told = b"JFXX\0\x10" + inner[:400]
    segment = b"\xff\xe0" + (len(told) + 2).to_bytes(2, "big") + told
    found = image_traces(begin + segment + end)
    assert "thumbnail" in [trace.kind for trace in found]


# Words anywhere, boxes on them


def page_of(words: list[tuple[str, int, int]]) -> bytes:
    shown = "".join(f"BT /F 18 Tf {x} {y} Td ({word}) Tj ET " for word, x, y in words)
    return clean_pdf_file(shown.encode())


places = st.tuples(
    st.text("BCDGHJKMQVWXZ", min_size=6, max_size=10),
    st.integers(10, 100),
    st.integers(20, 360),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(places, min_size=1, max_size=4))
def test_words_under_boxes_wherever_they_stand_are_in_no_byte(
    words: list[tuple[str, int, int]],
) -> None:
    source = page_of(words)
    boxes = [
        Box(1, x / 300, 1 - (y + 20) / 400, 1 - x / 300, 30 / 400, "D4", "D4")
        for _word, x, y in words
    ]
    made = rebuild(source, boxes).data
    for word, _x, _y in words:
        assert hides(source, word.encode())
        assert not hides(made, word.encode())
    blank = rebuild(clean_pdf_file(b""), boxes).data
    assert _picture(made) == _picture(blank), "nothing of a covered word shows"


def _picture(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return bytes(pdf.pages[0].Resources.XObject.P.read_raw_bytes())
