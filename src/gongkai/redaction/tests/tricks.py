"""Files that hide a word: each trick by its name, made by code."""

import io
import re
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, PngImagePlugin

SECRET = b"SECRETWORD"
WORD = SECRET.decode()
SHOWN = b"BT /F 24 Tf 40 330 Td (OPEN) Tj ET"
Change = Callable[[pikepdf.Pdf], None]


def clean_pdf_file(contents: bytes = SHOWN) -> bytes:
    """A page of 300 by 400 points with one open word, and nothing else."""
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(300, 400))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources = Dictionary(Font=Dictionary(F=font))
        page.Contents = made.make_stream(contents)
        return _saved(made)


def _saved(made: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    made.save(file, compress_streams=False)
    return file.getvalue()


def changed(change: Change) -> bytes:
    with pikepdf.open(io.BytesIO(clean_pdf_file())) as made:
        change(made)
        return _saved(made)


def every_byte(data: bytes) -> bytes:
    """The file as it lies, and each of its streams unpacked."""
    streams = []
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            streams.append(zlib.decompressobj().decompress(found[1]))
        except zlib.error:
            streams.append(found[1])
    return b"\n".join([data, *streams])


def hides(data: bytes, word: bytes = SECRET) -> bool:
    """Whether the word is in any byte of a file, however a PDF may write it."""
    whole = every_byte(data)
    wide = word.decode().encode("utf-16-be")
    ways = (word, wide, wide[1:], word.hex().encode(), wide.hex().encode())
    return any(way.lower() in whole.lower() for way in ways)


# What each trick does to a clean PDF


def note(pdf: pikepdf.Pdf) -> None:
    """An annotation, such as a black square that a viewer lays over the page."""
    _annotate(pdf, Dictionary(Subtype=Name.Square, Contents=String(WORD)))


def unapplied_redaction(pdf: pikepdf.Pdf) -> None:
    _annotate(pdf, Dictionary(Subtype=Name.Redact, OverlayText=String(WORD)))


def _annotate(pdf: pikepdf.Pdf, note: Dictionary) -> None:
    note.Type, note.Rect = Name.Annot, Array([40, 320, 120, 360])
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def form_field(pdf: pikepdf.Pdf) -> None:
    _annotate(pdf, Dictionary(Subtype=Name.Widget, FT=Name.Tx, V=String(WORD)))
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].Annots)


def embedded_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, SECRET)


def properties(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Subject"] = WORD


def properties_of_a_name_of_its_own(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Producer"] = f"Microsoft Word {WORD}"


def xmp(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as told:
        told["dc:description"] = WORD


def layer_that_is_off(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("a")))
    off = Dictionary(OFF=Array([layer]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=off)
    page = pdf.pages[0]
    page.Resources.Properties = Dictionary(L=layer)
    page.Contents = pdf.make_stream(
        SHOWN + b" /OC /L BDC BT /F 24 Tf 40 200 Td (" + SECRET + b") Tj ET EMC"
    )


def alternative_text(pdf: pikepdf.Pdf) -> None:
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.K = Dictionary(Type=Name.StructElem, S=Name.Figure, P=root, Alt=String(WORD))
    pdf.Root.StructTreeRoot = root


def replacement_text(pdf: pikepdf.Pdf) -> None:
    told = b"/Span <</ActualText (" + SECRET + b")>> BDC " + SHOWN + b" EMC"
    pdf.pages[0].Contents = pdf.make_stream(told)


def replacement_text_in_a_form(pdf: pikepdf.Pdf) -> None:
    told = b"/Span <</ActualText (" + SECRET + b")>> BDC 0 0 9 9 re f EMC"
    form = pdf.make_stream(told)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([0, 0, 9, 9])
    pdf.pages[0].Resources.XObject = Dictionary(X=form)
    pdf.pages[0].Contents = pdf.make_stream(SHOWN + b" /X Do")


def replacement_text_by_name(pdf: pikepdf.Pdf) -> None:
    properties = Dictionary(P=Dictionary(ActualText=String(WORD)))
    pdf.pages[0].Resources.Properties = properties
    pdf.pages[0].Contents = pdf.make_stream(b"/Span /P BDC " + SHOWN + b" EMC")


def thumbnail(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Thumb = _picture(pdf)


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(WORD))


def named_script(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String(WORD))
    names = Dictionary(Names=Array([String("a"), action]))
    pdf.Root.Names = Dictionary(JavaScript=names)


def page_script(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String(WORD))
    pdf.pages[0].AA = Dictionary(O=action)


def link_into_a_folder(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String(f"file:///{WORD}"))
    _annotate(pdf, Dictionary(Subtype=Name.Link, A=action))


def private_data(pdf: pikepdf.Pdf) -> None:
    kept = Dictionary(Private=String(WORD))
    pdf.pages[0].PieceInfo = Dictionary(Illustrator=kept)


def bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(WORD, 0))


def page_label(pdf: pikepdf.Pdf) -> None:
    told = Dictionary(S=Name.D, P=String(WORD))
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, told]))


def key_of_its_own_in_the_catalog(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/Gongkai"] = String(WORD)


def key_of_its_own_in_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj["/Gongkai"] = Dictionary(A=pdf.make_stream(SECRET))


def picture_that_no_page_draws(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.XObject = Dictionary(X=_picture(pdf))


def picture_under_a_box(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Resources.XObject = Dictionary(X=_picture(pdf))
    drawn = b" q 200 0 0 100 40 100 cm /X Do Q 0 g 60 120 120 60 re f"
    page.Contents = pdf.make_stream(SHOWN + drawn)


def cropped_picture(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Resources.XObject = Dictionary(X=_picture(pdf))
    page.Contents = pdf.make_stream(SHOWN + b" q 400 0 0 100 40 100 cm /X Do Q")


def _picture(pdf: pikepdf.Pdf) -> Stream:
    """40 by 10 dots, of which some bytes spell the word."""
    dots = bytes(range(100, 255)) * 2
    stream = pdf.make_stream((SECRET + dots + SECRET * 9)[:400])
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = 40, 10, 8
    stream.ColorSpace = Name.DeviceGray
    return stream


def picture_with_its_cameras_data(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    stream = pdf.make_stream(photograph())
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = 60, 40, 8
    stream.ColorSpace, stream.Filter = Name.DeviceRGB, Name.DCTDecode
    page.Resources.XObject = Dictionary(X=stream)
    page.Contents = pdf.make_stream(SHOWN + b" q 60 0 0 40 40 100 cm /X Do Q")


def _shows(contents: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        told = contents.replace(b"%", b"(" + SECRET + b") Tj")
        pdf.pages[0].Contents = pdf.make_stream(SHOWN + b" " + told)

    return change


def crop_box(pdf: pikepdf.Pdf) -> None:
    _shows(b"BT /F 24 Tf 40 100 Td % ET")(pdf)
    pdf.pages[0].CropBox = Array([0, 200, 300, 400])


def text_under_a_picture(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Resources.XObject = Dictionary(X=_picture(pdf))
    told = b" BT /F 24 Tf 40 100 Td (" + SECRET + b") Tj ET"
    page.Contents = pdf.make_stream(SHOWN + told + b" q 250 0 0 60 30 90 cm /X Do Q")


DRAWN: dict[str, Change] = {
    "text under a box": _shows(b"BT /F 24 Tf 40 100 Td % ET 30 90 220 40 re f"),
    "white text": _shows(b"BT /F 24 Tf 1 g 40 100 Td % ET"),
    "nearly white text": _shows(b"BT /F 24 Tf 0.99 g 40 100 Td % ET"),
    "text without ink": _shows(b"BT /F 24 Tf 3 Tr 40 100 Td % ET"),
    "text as a clip": _shows(b"q BT /F 24 Tf 7 Tr 40 100 Td % ET Q"),
    "text off the page": _shows(b"BT /F 24 Tf 40 900 Td % ET"),
    "text off the crop box": crop_box,
    "text too small to see": _shows(b"BT /F 0.1 Tf 40 100 Td % ET"),
    "text outside of its clip": _shows(
        b"q 0 0 9 9 re W n BT /F 24 Tf 40 100 Td % ET Q"
    ),
}


BESIDE: dict[str, Change] = {
    change.__name__.replace("_", " "): change
    for change in (
        *(
            text_under_a_picture,
            note,
            unapplied_redaction,
            form_field,
            embedded_file,
            properties,
        ),
        *(properties_of_a_name_of_its_own, xmp, layer_that_is_off),
        *(alternative_text, replacement_text, replacement_text_by_name, thumbnail),
        *(replacement_text_in_a_form,),
        *(script, named_script, page_script, link_into_a_folder, private_data),
        *(bookmark, page_label, key_of_its_own_in_the_catalog),
        *(key_of_its_own_in_a_page, picture_that_no_page_draws),
        *(picture_under_a_box, cropped_picture, picture_with_its_cameras_data),
    )
}


# What lies between the objects of a PDF


def earlier_revision() -> bytes:
    """The page's contents were written anew behind the first end of the file."""
    first = clean_pdf_file(SHOWN.replace(b"OPEN", SECRET))
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
        size = int(pdf.trailer.Size)
        root = pdf.Root.objgen[0]
    start = int(re.findall(rb"startxref\s+(\d+)", first)[-1])
    told = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        *(number, len(SHOWN), SHOWN),
    )
    at = len(first)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    trailer = b"trailer\n<</Size %d /Root %d 0 R /Prev %d>>\n" % (size, root, start)
    end = b"startxref\n%d\n%%%%EOF\n" % (at + len(told))
    return first + told + table + trailer + end


def unreferenced_object() -> bytes:
    return changed(lambda pdf: _loose(pdf))


def _loose(pdf: pikepdf.Pdf) -> None:
    # Written because the page names it; the name is then blotted out.
    pdf.pages[0].obj["/Lost"] = pdf.make_stream(SECRET)


def after_the_end() -> bytes:
    return clean_pdf_file() + SECRET


def before_the_start() -> bytes:
    return SECRET + b"\n" + clean_pdf_file()


def remark() -> bytes:
    return clean_pdf_file().replace(b"\nxref", b"\n%" + SECRET + b"\nxref", 1)


def unreferenced() -> bytes:
    """Bytes of the same length: the table of the file stays right."""
    loose = unreferenced_object()
    found = re.search(rb"/Lost \d+ \d+ R", loose)
    assert found is not None
    return loose.replace(found[0], b" " * len(found[0]))


BETWEEN: dict[str, Callable[[], bytes]] = {
    make.__name__.replace("_", " "): make
    for make in (
        *(earlier_revision, unreferenced, after_the_end, before_the_start, remark),
    )
}

PDFS: dict[str, Callable[[], bytes]] = {
    **{name: partial(changed, one) for name, one in (DRAWN | BESIDE).items()},
    **BETWEEN,
}


# Pictures


def photograph(**beside: Any) -> bytes:
    told = Image.Exif()
    told[0x010E] = WORD
    return _image("JPEG", **{"exif": told, **beside})


def _image(kind: str, **beside: Any) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((60, 40)).convert("RGB").save(
        file, kind, **beside
    )
    return file.getvalue()


def _png_with_text(packed: bool) -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", WORD, zip=packed)
    return _image("PNG", pnginfo=told)


def _exif() -> bytes:
    told = Image.Exif()
    told[0x010E] = WORD
    return told.tobytes()


def _frames(kind: str) -> bytes:
    second = Image.new("RGB", (60, 40), "black")
    return _image(kind, save_all=True, append_images=[second])


def _clear_dots() -> bytes:
    picture = Image.linear_gradient("L").resize((60, 40)).convert("RGB")
    picture.putalpha(0)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


IMAGES: dict[str, Callable[[], bytes]] = {
    "EXIF of a JPEG": photograph,
    "remark of a JPEG": lambda: _image("JPEG", comment=SECRET),
    "profile of a JPEG": lambda: _image("JPEG", icc_profile=SECRET * 20),
    "XMP of a JPEG": lambda: _image("JPEG", xmp=SECRET),
    "bytes behind a JPEG": lambda: _image("JPEG") + SECRET,
    "text of a PNG": lambda: _png_with_text(packed=False),
    "packed text of a PNG": lambda: _png_with_text(packed=True),
    "EXIF of a PNG": lambda: _image("PNG", exif=_exif()),
    "profile of a PNG": lambda: _image("PNG", icc_profile=SECRET * 20),
    "bytes behind a PNG": lambda: _image("PNG") + SECRET,
    "EXIF of a WebP": lambda: _image("WEBP", exif=_exif()),
    "XMP of a WebP": lambda: _image("WEBP", xmp=SECRET),
    "bytes behind a WebP": lambda: _image("WEBP") + SECRET,
    "remark of a GIF": lambda: _image("GIF", comment=SECRET),
    "bytes behind a GIF": lambda: _image("GIF") + SECRET,
}
"""With the word in a byte."""
SHOWN_LATER: dict[str, Callable[[], bytes]] = {
    "frames of a GIF": lambda: _frames("GIF"),
    "frames of a PNG": lambda: _frames("PNG"),
    "frames of a WebP": lambda: _frames("WEBP"),
}
CLEAR = _clear_dots
