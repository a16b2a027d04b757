"""What was under a box is in no byte of the rebuilt file."""

import io

import pikepdf
import pytest
from PIL import Image

from gongkai.redaction import (
    BadBox,
    Box,
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    TracesFound,
    UnknownFormat,
    open_pages,
    rebuild,
)
from gongkai.redaction.reading_back import are_black, check

SECRET = b"SECRETWORD"
BOX = Box(1, 0.05, 0.05, 0.9, 0.4, "D4", "第十五条")


def pdf(text: bytes = SECRET, **save: object) -> bytes:
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(300, 400))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = made.make_stream(b"BT /F 24 Tf 40 330 Td (" + text + b") Tj ET")
        made.docinfo["/Subject"] = text.decode()
        file = io.BytesIO()
        made.save(file, compress_streams=False, **save)  # type: ignore[arg-type]
    return file.getvalue()


def every_byte(data: bytes) -> bytes:
    """The file as it lies, and each of its streams unpacked."""
    with pikepdf.open(io.BytesIO(data)) as read:
        streams = [
            one.read_raw_bytes()
            if one.get("/Filter") in {"/DCTDecode", "/CCITTFaxDecode"}
            else one.read_bytes()
            for one in read.objects
            if isinstance(one, pikepdf.Stream)
        ]
    return b"\n".join([data, *streams])


def picture_of(data: bytes) -> Image.Image:
    with open_pages(data) as pages:
        return pages.picture(0).convert("L")


def test_the_hidden_word_is_in_no_byte_and_its_place_is_black() -> None:
    source = pdf()
    assert SECRET in every_byte(source)
    made = rebuild(source, [BOX])
    assert SECRET not in every_byte(made.data)
    assert made.pages == 1
    assert are_black(picture_of(made.data), [BOX])
    assert not are_black(picture_of(source), [BOX])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize("colour", ["white", "red", "grey"])
def test_a_picture_is_rebuilt_whatever_its_kind_and_colour(
    kind: str, colour: str
) -> None:
    file = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(file, kind)
    made = rebuild(file.getvalue(), [BOX])
    assert are_black(picture_of(made.data), [BOX])


def test_progress_tells_pages_made_and_pages_checked() -> None:
    told: list[tuple[int, int]] = []
    rebuild(pdf(), progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_a_file_with_its_text_left_or_a_box_not_painted_fails_the_check() -> None:
    with pytest.raises(TracesFound):
        check(pdf(), [(300, 400)], {1: [BOX]})
    unpainted = rebuild(pdf())
    with pytest.raises(TracesFound, match="not_black"):
        check(unpainted.data, [(300, 400)], {1: [BOX]})
    with pytest.raises(TracesFound, match="pages"):
        check(unpainted.data, [(300, 400)] * 2, {})
    with pytest.raises(TracesFound, match="stray_bytes"):
        check(unpainted.data + SECRET, [(300, 400)], {})


def test_what_cannot_be_read_is_refused_by_name() -> None:
    locked = pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    for data, error in (
        (b"", EmptyFile),
        (b"%PDF-1.7 torn", DamagedFile),
        (b"no picture", UnknownFormat),
        (locked, EncryptedFile),
    ):
        with pytest.raises(error):
            rebuild(data)


def test_a_box_off_its_page_or_on_no_page_is_refused() -> None:
    with pytest.raises(BadBox):
        Box(1, 0.5, 0.5, 0.6, 0.1)
    with pytest.raises(BadBox):
        rebuild(pdf(), [Box(2, 0.1, 0.1, 0.1, 0.1)])
