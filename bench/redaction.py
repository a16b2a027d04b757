"""How fast and how lean a scan is redacted, beside painting all its pages in memory.

``python -m bench.redaction ours|plain FILE`` is one way on one file, in a process of
its own, so that each peak of memory is its own. No site is needed.
"""

import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pikepdf
import pypdfium2
from noto_cjk_sans_otc import FONT_PATH
from PIL import Image, ImageDraw, ImageFont

from bench.corpus import Vocabulary
from bench.sites import Sites
from bench.table import Row, say
from gongkai.redaction import Box, clean_pdf, rebuild

PAGES = 100
SHEETS = 10
"""Pages that differ; the scan repeats them, each in bytes of its own."""
A4 = (1654, 2339)
SECONDS = 60.0
MEGABYTES = 500.0
BOXES = [(0.1, 0.1, 0.5, 0.02), (0.3, 0.4, 0.3, 0.02), (0.1, 0.7, 0.7, 0.05)]


def measure(sites: Sites) -> list[Row]:
    """``sites`` is not used: redacting needs no database."""
    say(f"making a scan of {PAGES} pages")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        path.write_bytes(scan())
        found = {way: _run(way, path) for way in ("ours", "plain", "clean")}
        before = path.stat().st_size / 1e6
    ours, plain, clean = found["ours"], found["plain"], found["clean"]
    which = "all pages painted in memory, unchecked"
    return [
        Row(
            f"redacting a scan of {PAGES} pages, checked",
            f"{ours['seconds']:.1f} s",
            f"{plain['seconds']:.1f} s",
            which,
            f"{ours['seconds'] / plain['seconds']:.2f}",
            f"< {SECONDS:.0f} s",
            ours["seconds"] < SECONDS,
        ),
        Row(
            "its peak of memory",
            f"{ours['megabytes']:.0f} MB",
            f"{plain['megabytes']:.0f} MB",
            which,
            f"{ours['megabytes'] / plain['megabytes']:.2f}",
            f"< {MEGABYTES:.0f} MB",
            ours["megabytes"] < MEGABYTES,
        ),
        Row(
            "size of the redacted file",
            f"{ours['size']:.1f} MB",
            f"{before:.1f} MB",
            "the scan",
            f"{ours['size'] / before:.2f}",
        ),
        Row(
            "checking the same scan to be released as it is",
            f"{clean['seconds']:.1f} s",
            f"{clean['megabytes']:.0f} MB",
            "its peak of memory",
        ),
    ]


def scan() -> bytes:
    """Grey pages of text, a little crooked and noisy, as JPEG in a PDF."""
    sheets = [_sheet(number) for number in range(SHEETS)]
    with pikepdf.new() as pdf:
        for number in range(PAGES):
            page = pdf.add_blank_page(page_size=(595.3, 841.9))
            stream = pdf.make_stream(sheets[number % SHEETS])
            stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            stream.Width, stream.Height = A4
            stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceGray, 8
            stream.Filter = pikepdf.Name.DCTDecode
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=stream))
            page.Contents = pdf.make_stream(b"q 595.3 0 0 841.9 0 0 cm /X Do Q")
        file = io.BytesIO()
        pdf.save(file)
    return file.getvalue()


def _sheet(number: int) -> bytes:
    chance, vocabulary = random.Random(number), Vocabulary(1)
    page = Image.new("L", A4, 244)
    draw = ImageDraw.Draw(page)
    face = ImageFont.truetype(str(FONT_PATH), 36)
    for line in range(34):
        words = "".join(vocabulary.draw(chance, 18))[:34]
        draw.text((180, 200 + line * 58), words, 30, face)
    page = page.rotate(0.3, Image.Resampling.BICUBIC, fillcolor=244)
    noise = Image.effect_noise(A4, 14)
    page = Image.blend(page, noise, 0.1)
    file = io.BytesIO()
    page.save(file, "JPEG", quality=75)
    return file.getvalue()


def _run(way: str, path: Path) -> dict[str, float]:
    say(f"redacting, {way}")
    command = [sys.executable, "-m", "bench.redaction", way, str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def ours(data: bytes) -> bytes:
    boxes = [Box(n, *place, "D4", "D4") for n in range(1, PAGES + 1) for place in BOXES]
    return rebuild(data, boxes).data


def plain(data: bytes) -> bytes:
    """What one would write first: render all, paint all, save all."""
    pictures = []
    for page in pypdfium2.PdfDocument(data):
        picture = page.render(scale=200 / 72).to_pil().convert("RGB")
        draw = ImageDraw.Draw(picture)
        for left, top, width, height in BOXES:
            ends = (left, top, left + width, top + height)
            draw.rectangle(
                [end * picture.size[at % 2] for at, end in enumerate(ends)], fill=0
            )
        pictures.append(picture)
    file = io.BytesIO()
    pictures[0].save(file, "PDF", save_all=True, append_images=pictures[1:])
    return file.getvalue()


def main(way: str, path: str) -> None:
    data = Path(path).read_bytes()
    started = time.monotonic()
    made = {"ours": ours, "plain": plain, "clean": clean_pdf}[way](data)
    told = {
        "seconds": time.monotonic() - started,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": len(made) / 1e6,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
