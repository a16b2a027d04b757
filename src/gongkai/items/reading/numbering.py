"""Automatic numbers of Word, written out as text.

“一、” and “（一）” are mostly made by Word and stand nowhere in the text. As an HTML
list they would become 1., 2., and a list that is interrupted would start again.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import SubElement

from gongkai.items.reading.packages import Element, attribute, child, local

_CHINESE = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_CHINESE_NAMES = """
chineseCounting chineseCountingThousand taiwaneseCounting taiwaneseCountingThousand
japaneseCounting ideographTraditional
"""
_CHINESE_FORMATS = frozenset(_CHINESE_NAMES.split())
_MAX_NUMBER = 9_999


@dataclass(frozen=True)
class Level:
    format: str
    text: str
    start: int
    suffix: str


@dataclass
class Sequence:
    """A w:num: which definition it counts by, and what it overrides."""

    definition: str
    starts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """The numbering definitions of a document; counts as it walks the paragraphs."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._level_of_style: dict[tuple[str, str], int] = {}
        self._sequences: dict[str, Sequence] = {}
        self._styles = _numbered_styles(styles)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        for element in numbering if numbering is not None else ():
            if local(element) == "abstractNum":
                self._add_definition(element)
            elif local(element) == "num":
                self._add_sequence(element)

    def _add_definition(self, element: Element) -> None:
        key = attribute(element, "abstractNumId") or ""
        levels = self._levels.setdefault(key, {})
        for inner in element:
            if local(inner) != "lvl":
                continue
            depth = _number(attribute(inner, "ilvl"), 0)
            levels[depth] = Level(
                _value(inner, "numFmt") or "decimal",
                _value(inner, "lvlText") or "",
                _number(_value(inner, "start"), 1),
                _value(inner, "suff") or "tab",
            )
            if style := _value(inner, "pStyle"):
                self._level_of_style[key, style] = depth

    def _add_sequence(self, element: Element) -> None:
        sequence = Sequence(_value(element, "abstractNumId") or "")
        for inner in element:
            start = _value(inner, "startOverride")
            if local(inner) == "lvlOverride" and start is not None:
                depth = _number(attribute(inner, "ilvl"), 0)
                sequence.starts[depth] = _number(start, 1)
        self._sequences[attribute(element, "numId") or ""] = sequence

    def place_of(self, paragraph: Element) -> tuple[str, int] | None:
        """(numId, depth) of a numbered paragraph, by itself or by its style."""
        properties = child(paragraph, "pPr")
        if properties is None:
            return None
        style = _value(properties, "pStyle") or ""
        own = child(properties, "numPr")
        number = _value(own, "numId") if own is not None else None
        if number is None:
            number = self._styles.get(style)
        if number is None or number not in self._sequences:
            return None
        depth = _value(own, "ilvl") if own is not None else None
        if depth is None:
            key = self._sequences[number].definition, style
            return number, self._level_of_style.get(key, 0)
        return number, _number(depth, 0)

    def definition_of(self, number: str) -> str:
        return self._sequences[number].definition

    def level_at(self, place: tuple[str, int]) -> Level | None:
        levels = self._levels.get(self._sequences[place[0]].definition, {})
        return levels.get(place[1])

    def next_label(self, place: tuple[str, int]) -> str:
        """Count one on and write the number as Word would."""
        sequence = self._sequences[place[0]]
        levels = self._levels.get(sequence.definition, {})
        counts = self._counts.setdefault(sequence.definition, {})
        if place[0] not in self._begun:
            self._begun.add(place[0])
            for depth, start in sequence.starts.items():
                counts[depth] = start - 1
        depth = place[1]
        level = levels[depth]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        label = level.text
        for above in range(9):
            if f"%{above + 1}" in label and above in levels:
                number = counts.setdefault(above, levels[above].start)
                written = write_number(number, levels[above].format)
                label = label.replace(f"%{above + 1}", written)
        is_tight = level.suffix == "nothing" or label.endswith(tuple("、）．。章节条"))
        return label if is_tight or not label else f"{label} "


def write_out_numbers(
    document: Element, numbering: Element | None, styles: Element | None
) -> int:
    """Put automatic numbers into the text; returns how many.

    Bullets stay a list, and so does one unbroken run of 1., 2., 3.
    """
    numbers = Numbers(numbering, styles)
    paragraphs = [inner for inner in document.iter() if local(inner) == "p"]
    places = [numbers.place_of(paragraph) for paragraph in paragraphs]
    plain = _plain_lists(places, numbers)
    count = 0
    for paragraph, place in zip(paragraphs, places, strict=True):
        level = numbers.level_at(place) if place else None
        if place is None or level is None or level.format in {"bullet", "none"}:
            continue
        label = numbers.next_label(place)
        if place[0] not in plain:
            _put_before(paragraph, label)
            count += 1
    return count


def _plain_lists(places: list[tuple[str, int] | None], numbers: Numbers) -> set[str]:
    """Lists that HTML numbers the same way: 1. 2. 3. without a break."""
    spans: dict[str, list[int]] = {}
    unfit: set[str] = set()
    for index, place in enumerate(places):
        if place is None:
            continue
        spans.setdefault(place[0], []).append(index)
        level = numbers.level_at(place)
        if level != Level("decimal", "%1.", 1, "tab"):
            unfit.add(place[0])
    used = Counter(numbers.definition_of(number) for number in spans)
    return {
        number
        for number, found in spans.items()
        if number not in unfit
        and found[-1] - found[0] + 1 == len(found)
        and used[numbers.definition_of(number)] == 1
    }


def _put_before(paragraph: Element, label: str) -> None:
    space = paragraph.tag.rpartition("}")[0] + "}"
    properties: Any = child(paragraph, "pPr")  # a numbered paragraph has them
    own = child(properties, "numPr")
    if own is not None:
        properties.remove(own)
    # Number 0 says “not numbered”, also where the style says otherwise.
    empty = SubElement(properties, f"{space}numPr")
    SubElement(empty, f"{space}ilvl").set(f"{space}val", "0")
    SubElement(empty, f"{space}numId").set(f"{space}val", "0")
    run = SubElement(paragraph, f"{space}r")
    text = SubElement(run, f"{space}t")
    text.text = label
    paragraph.remove(run)
    paragraph.insert(list(paragraph).index(properties) + 1, run)


def write_number(number: int, number_format: str) -> str:
    if not 0 <= number <= _MAX_NUMBER:
        return str(number)
    if number_format in _CHINESE_FORMATS:
        return _counted(number, _CHINESE, "十百千")
    if number_format == "chineseLegalSimplified":
        return _counted(number, _LEGAL, "拾佰仟")
    if number_format in {"ideographDigital", "japaneseDigitalTenThousand"}:
        return "".join("〇一二三四五六七八九"[int(sign)] for sign in str(number))
    if number_format.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if number_format in {"upperLetter", "lowerLetter"} and 1 <= number <= 26:
        letter = chr(ord("A") + number - 1)
        return letter if number_format == "upperLetter" else letter.lower()
    if number_format in {"upperRoman", "lowerRoman"}:
        roman = _roman(number)
        return roman if number_format == "upperRoman" else roman.lower()
    return f"{number:02}" if number_format == "decimalZero" else str(number)


def _counted(number: int, digits: str, units: str) -> str:
    """1–9999 in words: 12 is 十二, 105 is 一百零五."""
    if number == 0:
        return digits[0]
    written, text = "", str(number)
    for position, sign in enumerate(text):
        unit = len(text) - position - 1
        if sign != "0":
            written += digits[int(sign)] + (units[unit - 1] if unit else "")
        elif written and not written.endswith(digits[0]):
            written += digits[0]
    written = written.rstrip(digits[0])
    if 10 <= number <= 19 and units[0] == "十":
        written = written[1:]
    return written


def _roman(number: int) -> str:
    signs = (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    written = ""
    for value, sign in signs:
        written += sign * (number // value)
        number %= value
    return written


def _numbered_styles(styles: Element | None) -> dict[str, str]:
    """Style id → numId, with what a style inherits from the one it is based on."""
    own: dict[str, str] = {}
    based: dict[str, str] = {}
    for style in styles if styles is not None else ():
        key = attribute(style, "styleId") or ""
        properties = child(style, "pPr")
        numbered = child(properties, "numPr") if properties is not None else None
        number = _value(numbered, "numId") if numbered is not None else None
        if number is not None:
            own[key] = number
        if parent := _value(style, "basedOn"):
            based[key] = parent
    return {key: number for key in {*own, *based} if (number := _up(key, own, based))}


def _up(key: str, own: dict[str, str], based: dict[str, str]) -> str | None:
    for _ in range(20):
        if key in own:
            return own[key]
        if key not in based:
            return None
        key = based[key]
    return None


def _value(element: Element, name: str) -> str | None:
    found = child(element, name)
    return attribute(found, "val") if found is not None else None


def _number(text: str | None, default: int) -> int:
    is_number = text is not None and text.isascii() and text.isdigit()
    return int(text) if is_number and text and len(text) < 6 else default
