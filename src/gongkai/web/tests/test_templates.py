"""Strict CSP and landmarks: read from every template of the package."""

import re
from pathlib import Path

import pytest

import gongkai

ROOT = Path(gongkai.__file__).parent
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))


def text_of(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return re.sub(
        r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", text, flags=re.DOTALL
    )


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_inline_style_or_script(path: Path) -> None:
    text = text_of(path)
    assert re.findall(r"<style\b|\sstyle\s*=", text, re.I) == []
    assert re.findall(r"\son[a-z]+\s*=\s*[\"']", text, re.I) == []
    assert re.findall(r"<script\b(?![^>]*\bsrc=)", text, re.I) == []
    assert re.findall(r"javascript:|\bhx-on\b|hx-vals=.js:", text, re.I) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_table_heads_have_a_scope(path: Path) -> None:
    assert re.findall(r"<th(?![^>]*\bscope=)[\s>]", text_of(path)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_empty_translation(path: Path) -> None:
    assert re.findall(r"{% translate (\"\"|'')", text_of(path)) == []
