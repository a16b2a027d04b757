"""Words in both languages of the product, and the citation of a source of law."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gongkai.law.documents import Entry, read_document
from gongkai.law.model import Text

SOURCES = Path(__file__).with_name("sources.yaml")
_PLACE = re.compile(r"(\d+)(?:\.(\d+))?(?:\((\d+)\))?")
_DIGITS = "零一二三四五六七八九"


def cited(entry: Entry, word: str = "citation") -> Text:
    """Both languages of `R19 36(1), 36(2)`; raises DataError where it is misspelt."""
    key, _, places = entry.required(word).partition(" ")
    source = sources().get(key)
    if source is None:
        raise entry.error(f"的来源 {key} 不认识", f"写 {SOURCES.name} 中的一个键")
    found = [_PLACE.fullmatch(place) for place in places.split(", ")] if places else []
    if not all(found):
        raise entry.error(f"的条款 {places} 看不懂", "写成 36(1) 或 23.2，逗号后空格")
    matches = [match for match in found if match]
    return Text(
        zh=source.zh + "、".join(map(_place_zh, matches)),
        en=", ".join([source.en, *map(_place_en, matches)]),
    )


@lru_cache(maxsize=1)
def sources() -> dict[str, Text]:
    """What a citation may name, by key."""
    document = read_document(SOURCES, None)
    return {key: label(document, key) for key in document.words}


def label(entry: Entry, word: str = "label") -> Text:
    texts = entry.entry(word, ("zh", "en"))
    return Text(zh=texts.required("zh"), en=texts.required("en"))


def _place_zh(match: re.Match[str]) -> str:
    article, paragraph, item = match.groups()
    text = f"第{numeral(int(article))}条"
    if paragraph:
        text += f"第{numeral(int(paragraph))}款"
    return text + (f"第（{numeral(int(item))}）项" if item else "")


def _place_en(match: re.Match[str]) -> str:
    article, paragraph, item = match.groups()
    text = f"Art. {article}"
    if paragraph:
        text += f" para. {paragraph}"
    return text + (f" item {item}" if item else "")


def numeral(number: int) -> str:
    """Chinese numeral of 1 to 999, as articles are numbered."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


@dataclass(frozen=True)
class Sentences:
    """Templates by code, with named places, in both languages."""

    texts: dict[str, Text]

    def say(self, code: str, language: str, **facts: object) -> str:
        said = {
            name: fact.text(language) if isinstance(fact, Text) else fact
            for name, fact in facts.items()
        }
        return self.texts[code].text(language).format_map(said)


@lru_cache(maxsize=1)
def sentences() -> Sentences:
    document = read_document(Path(__file__).with_name("words.yaml"), None)
    return Sentences({code: label(document, code) for code in document.words})
