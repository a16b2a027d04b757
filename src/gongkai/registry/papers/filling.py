"""A Word file with named fields in it, filled: ``{{ 申请人 }}``, ``{% if 电话 %}``.

An office uploads the file, so it is read as that of an enemy: a field is a plain name,
a condition asks whether one field is filled, and nothing else is taken. The marks are
read twice, sign by sign and as Jinja's tree, before a sandbox fills them.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from docx.oxml.ns import qn
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gongkai.registry.papers.blocks import printable
from gongkai.registry.papers.packages import (
    MAIN,
    W_P,
    W_T,
    W_TR,
    BadWordFile,
    local,
    opened,
    own_text,
    parts_of,
    stories,
)

MOST_MARKS = 1_000
_OPENERS = ("{{", "{%", "{#")
_ANY = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_STRAY = re.compile(r"\{[{%#]|[}%#]\}|｛｛|｝｝|｛%|%｝")
# Names do not begin with a Latin letter: those may be signs of Jinja or docxtpl.
_NAME = r"([^\W\d_a-zA-Z]\w*)"
_FIELD = re.compile(rf"\{{\{{\s*{_NAME}\s*\}}\}}")
_STATEMENT = re.compile(
    rf"\{{%(p|tr)?\s*(?:(if|elif)\s+(?:not\s+)?{_NAME}|(else|endif))\s*%\}}"
)
_PRINTED = re.compile(r"(^|/)(document|header\d*|footer\d*)\.xml$")


class FieldsMissing(Exception):
    """The template asks for fields that are empty; ``names`` in their order."""

    def __init__(self, names: list[str]) -> None:
        super().__init__("、".join(names))
        self.names = names


@dataclass(frozen=True)
class Asked:
    """Fields that a template prints always, and those that it prints or looks at under
    a condition. Each once, in the order of the text."""

    always: tuple[str, ...]
    sometimes: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.always, *self.sometimes)


def asked(template: bytes) -> Asked:
    """Raises BadWordFile, naming what is neither a field nor a condition."""
    prepared = _prepared(template)
    always = dict.fromkeys(_printed(prepared.trees, None))
    every = dict.fromkeys(
        name.name for tree in prepared.trees for name in tree.find_all(nodes.Name)
    )
    sometimes = tuple(name for name in every if name not in always)
    return Asked(tuple(always), sometimes)


def missing(template: bytes, values: Mapping[str, str]) -> list[str]:
    """The fields that would be printed and are empty. Raises BadWordFile."""
    filled = {name for name, value in values.items() if value.strip()}
    wanted = dict.fromkeys(_printed(_prepared(template).trees, filled))
    return [name for name in wanted if name not in filled]


def fill(template: bytes, values: Mapping[str, str], title: str = "") -> bytes:
    """The filled file; each line of a value is a paragraph like the one it stands in.

    Raises BadWordFile and, before anything is made, FieldsMissing.
    """
    if lacking := missing(template, values):
        raise FieldsMissing(lacking)
    made = DocxTemplate(io.BytesIO(_prepared(template).data))
    made.render(_context(template, values), jinja_env=_sandbox(), autoescape=True)
    made.docx.core_properties.title = printable(title)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def marks_in(document: Any) -> list[str]:
    """Fields, conditions and stray braces that stand in a document, as they stand."""
    return [
        found
        for root in stories(document)
        for paragraph in root.iter(W_P)
        for found in _marks_of(_text_of(paragraph))
    ]


def _marks_of(text: str) -> list[str]:
    return _ANY.findall(text) + _STRAY.findall(_ANY.sub("", text))


def _context(template: bytes, values: Mapping[str, str]) -> dict[str, str]:
    return {name: _set_lines(values.get(name, "")) for name in asked(template).all}


def _set_lines(value: str) -> str:
    """With the sign by which docxtpl begins a paragraph."""
    lines = [line.strip() for line in printable(value).splitlines()]
    return "\a".join(line.replace("\t", " ") for line in lines if line)


def _sandbox() -> ImmutableSandboxedEnvironment:
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    for known in (sandbox.filters, sandbox.globals, sandbox.tests):
        known.clear()
    return sandbox


@dataclass(frozen=True)
class _Prepared:
    """Each mark whole in one run; the trees are those that the filler will see."""

    data: bytes
    trees: tuple[nodes.Template, ...]


@lru_cache(maxsize=128)
def _prepared(template: bytes) -> _Prepared:
    _check_elsewhere(parts_of(template))
    document = opened(template)
    wrong: list[str] = []
    for root in stories(document):
        wrong += _set_marks(root)
    if wrong:
        raise BadWordFile(*dict.fromkeys(wrong))
    held = io.BytesIO()
    document.save(held)
    return _Prepared(held.getvalue(), tuple(_trees(held.getvalue())))


def _check_elsewhere(parts: Mapping[str, bytes]) -> None:
    """The filler looks into properties and footnotes too; nothing is to be filled
    there."""
    for name, part in parts.items():
        if name != MAIN and _PRINTED.search(name):
            continue
        text = part.decode(errors="replace")
        if name != MAIN and any(sign in text for sign in _OPENERS):
            sentence = _("A field stands where none is filled: %(part)s. Delete it.")
            raise BadWordFile(sentence % {"part": name})


# --- Sign by sign


@dataclass(frozen=True)
class _Mark:
    """``place`` is what a condition may not leave: paragraph, table, or body."""

    text: str
    place: Any


def _set_marks(root: Any) -> list[str]:
    """Check every mark and put each into one run; sentences about what is wrong."""
    wrong = [_hidden_mark(found) for found in _outside_text(root)]
    marks: list[_Mark] = []
    for paragraph in root.iter(W_P):
        text = _text_of(paragraph)
        wrong += [_not_taken(found) for found in _bad_marks(text)]
        if not wrong and _ANY.search(text):
            marks += _set_paragraph(paragraph)
    if len(marks) > MOST_MARKS:
        wrong.append(_("The template holds more than 1,000 fields. Shorten it."))
    return wrong or _unpaired(marks)


def _bad_marks(text: str) -> Iterator[str]:
    rest = _ANY.sub("", text)
    for found in _ANY.findall(text):
        if not _is_taken(found, is_alone=text.strip() == found):
            yield found
    for stray in _STRAY.finditer(rest):
        yield rest[max(0, stray.start() - 10) : stray.end() + 10]


def _is_taken(mark: str, *, is_alone: bool) -> bool:
    statement = _STATEMENT.fullmatch(mark)
    if statement:
        return is_alone or not statement[1]
    return bool(_FIELD.fullmatch(mark))


def _not_taken(mark: str) -> str:
    sentence = _(
        "“%(mark)s” is not understood. A field is written {{ 申请人 }}, a condition "
        "{%% if 电话 %%} … {%% endif %%}, each within one paragraph, with half-width "
        "braces; nothing else is taken."
    )
    return sentence % {"mark": mark[:80]}


def _hidden_mark(found: str) -> str:
    sentence = _("A field stands where none is filled: %(part)s. Delete it.")
    return sentence % {"part": found[:80]}


def _outside_text(root: Any) -> Iterator[str]:
    """What looks like a mark in alternative texts, links, field codes and the like."""
    for element in root.iter():
        told = [*element.attrib.values(), element.tail or ""]
        if element.tag != W_T:
            told.append(own_text(element))
        yield from (one for one in told if any(sign in one for sign in _OPENERS))


def _texts(paragraph: Any) -> list[Any]:
    """Its pieces of text, without those of paragraphs in boxes within it."""
    return [
        piece
        for piece in paragraph.iter(W_T)
        if next(piece.iterancestors(W_P)) is paragraph
    ]


def _text_of(paragraph: Any) -> str:
    return "".join(piece.text or "" for piece in _texts(paragraph))


def _set_paragraph(paragraph: Any) -> list[_Mark]:
    pieces = _texts(paragraph)
    text = _text_of(paragraph)
    found = list(_ANY.finditer(text))
    if (
        len(found) == 1
        and text.strip() == found[0][0]
        and _STATEMENT.fullmatch(found[0][0])
    ):
        level, place = _place_of_line(paragraph)
        mark = re.sub(r"\{%(?:p|tr)?\s*", f"{{%{level} ", found[0][0])
        _write(pieces, mark)
        return [_Mark(mark, place)]
    _write_whole(pieces, found)
    return [_Mark(one[0], paragraph) for one in found if _STATEMENT.fullmatch(one[0])]


def _place_of_line(paragraph: Any) -> tuple[str, Any]:
    """A condition alone in its row or paragraph takes that away with it."""
    row = next(paragraph.iterancestors(W_TR), None)
    if row is not None and _row_text(row) == _text_of(paragraph).strip():
        return "tr", row.getparent()
    parent = paragraph.getparent()
    if local(parent) in {"body", "hdr", "ftr"}:
        return "p", parent
    return "", paragraph


def _row_text(row: Any) -> str:
    return "".join(piece.text or "" for piece in row.iter(W_T)).strip()


def _write(pieces: list[Any], text: str) -> None:
    for piece in pieces:
        piece.text = ""
    pieces[0].text = text


def _write_whole(pieces: list[Any], found: list[re.Match[str]]) -> None:
    """Word parts a mark among runs as it likes: the run where it begins gets it all."""
    owner = _owners(pieces)
    for mark in found:
        for place in range(mark.start(), mark.end()):
            owner[place] = owner[mark.start()]
    text = "".join(piece.text or "" for piece in pieces)
    for number, piece in enumerate(pieces):
        piece.text = "".join(
            sign for sign, of in zip(text, owner, strict=True) if of == number
        )
        piece.set(qn("xml:space"), "preserve")


def _owners(pieces: list[Any]) -> list[int]:
    """For each sign of the paragraph, the number of its piece."""
    return [number for number, piece in enumerate(pieces) for _sign in piece.text or ""]


def _unpaired(marks: list[_Mark]) -> list[str]:
    """A condition that begins in one place and ends in another would tear the file."""
    begun: list[_Mark] = []
    for mark in marks:
        statement = _STATEMENT.fullmatch(mark.text)
        word = statement[2] or statement[4] if statement else ""
        if word == "if":
            begun.append(mark)
        elif not begun or begun[-1].place is not mark.place:
            return [_torn(mark.text)]
        elif word == "endif":
            begun.pop()
    return [_torn(mark.text) for mark in begun]


def _torn(mark: str) -> str:
    sentence = _(
        "The condition “%(mark)s” has no other end in the same paragraph, or alone "
        "in a paragraph of the same text or a row of the same table."
    )
    return sentence % {"mark": re.sub(r"\{%(?:p|tr) ", "{% ", mark)}


# --- As Jinja's tree

_TAKEN = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.Not,
)


def _trees(data: bytes) -> Iterator[nodes.Template]:
    """Of body, headers and footers, as docxtpl hands them to Jinja."""
    reader, sandbox = DocxTemplate(io.BytesIO(data)), _sandbox()
    reader.init_docx()
    sources = [reader.get_xml()]
    for uri in (reader.HEADER_URI, reader.FOOTER_URI):
        for _key, part in reader.get_headers_footers(uri):
            sources.append(reader.get_part_xml(part))
    for source in sources:
        try:
            tree = sandbox.parse(reader.patch_xml(source))
        except TemplateSyntaxError as error:
            raise BadWordFile(_not_taken(error.message or "")) from error
        _check_tree(tree)
        yield tree


def _check_tree(tree: nodes.Template) -> None:
    for node in _nodes(tree):
        if not isinstance(node, _TAKEN):
            raise BadWordFile(_not_taken(type(node).__name__))


def _nodes(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _nodes(child)


def _printed(
    trees: tuple[nodes.Template, ...], filled: set[str] | None
) -> Iterator[str]:
    """Names that are printed; under a condition only where ``filled`` makes it so."""
    for tree in trees:
        yield from _printed_in(tree.body, filled)


def _printed_in(body: list[nodes.Node], filled: set[str] | None) -> Iterator[str]:
    for node in body:
        if isinstance(node, nodes.Output):
            yield from (one.name for one in node.nodes if isinstance(one, nodes.Name))
        elif isinstance(node, nodes.If) and filled is not None:
            yield from _printed_in(_taken_branch(node, filled), filled)


def _taken_branch(node: nodes.If, filled: set[str]) -> list[nodes.Node]:
    for branch in (node, *node.elif_):
        if _holds(branch.test, filled):
            return branch.body
    return node.else_


def _holds(test: nodes.Node, filled: set[str]) -> bool:
    if isinstance(test, nodes.Not):
        return not _holds(test.node, filled)
    return isinstance(test, nodes.Name) and test.name in filled
