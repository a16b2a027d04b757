"""tokens.css alone holds colours and sizes; pairs are legible, bundles whole."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from gongkai.web import bundles

SOURCES = sorted(bundles.SOURCE.rglob("*.css"))
OTHERS = [path for path in SOURCES if path.name != "tokens.css"]
TEXT_PAIRS = [
    *((ink, on) for ink in ("ink", "ink-2", "ink-3") for on in ("paper", "wash")),
    *((ink, "ground") for ink in ("ink", "ink-2", "ink-3", "accent", "bad")),
    *((ink, "wash-2") for ink in ("ink", "ink-2", "ink-3", "accent-2")),
    ("accent", "paper"),
    ("accent", "wash"),
    ("accent-2", "accent-wash"),
    ("ink-2", "accent-wash"),
    ("ink-2", "warn-wash"),
    ("ink-2", "bad-wash"),
    ("ok", "ok-wash"),
    ("warn", "warn-wash"),
    ("bad", "bad-wash"),
    ("bad", "paper"),
    ("on-accent", "accent"),
    ("on-accent", "accent-2"),
    ("on-accent", "bad"),
    ("ink", "mark"),
]
# Non-text contrast (WCAG 1.4.11): borders of controls, bars, the focus line.
SHAPE_PAIRS = [("line-2", "paper"), ("accent", "wash-2"), ("ink", "focus")]


def rules(path: Path) -> str:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    # A media query cannot read a custom property; paper margins are the printer's.
    text = re.sub(r"@media[^{]*", "@media", text)
    return re.sub(r"@page\s*{[^}]*}", "", text)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_no_colour_outside_the_tokens(path: Path) -> None:
    found = re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", rules(path), re.I)
    named = re.findall(
        r":\s*(?:white|black|red|green|blue|gr[ae]y|yellow|orange)\b", rules(path)
    )
    assert found + named == []


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_no_size_outside_the_tokens(path: Path) -> None:
    assert re.findall(r"\d(?:px|rem|pt|cm|mm)\b", rules(path)) == []


def test_every_name_that_is_used_is_a_token() -> None:
    tokens = (bundles.SOURCE / "tokens.css").read_text(encoding="utf-8")
    known = set(re.findall(r"(--[\w-]+):", tokens))
    used = {
        name
        for path in SOURCES
        for name in re.findall(r"var\((--[\w-]+)", path.read_text(encoding="utf-8"))
    }
    assert used <= known


def schemes() -> Iterator[tuple[str, dict[str, str]]]:
    text = (bundles.SOURCE / "tokens.css").read_text(encoding="utf-8")
    light_text, rest = text.split("@media screen and (prefers-color-scheme: dark)", 1)
    light = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", light_text))
    dark = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", rest.split("@media", 1)[0]))
    yield "light", light
    yield "dark", light | dark
    yield "light console", light | {"ground": light["wash"]}


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("name", "colours"), list(schemes()))
def test_text_is_legible(name: str, colours: dict[str, str]) -> None:
    faint = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair in TEXT_PAIRS
        if contrast(colours[pair[0]], colours[pair[1]]) < 4.5
    }
    assert faint == {}


@pytest.mark.parametrize(("name", "colours"), list(schemes()))
def test_controls_and_focus_stand_out(name: str, colours: dict[str, str]) -> None:
    faint = [p for p in SHAPE_PAIRS if contrast(colours[p[0]], colours[p[1]]) < 3]
    assert faint == []


def test_chart_colours_differ_in_grey() -> None:
    _, colours = next(schemes())
    greys = sorted(luminance(colours[f"chart-{number}"]) for number in range(1, 6))
    steps = zip(greys[1:], greys, strict=False)
    assert all((one + 0.05) / (two + 0.05) > 1.3 for one, two in steps)


def test_every_part_is_in_a_bundle() -> None:
    bundled = {
        bundles.SOURCE / part for parts in bundles.BUNDLES.values() for part in parts
    }
    assert {path.name for path in set(SOURCES) - bundled} == {"styleguide.css"}


def test_portal_stylesheet_leaves_room_in_sixty_kilobytes() -> None:
    assert len(bundles.text_of("portal").encode()) < 40_000


def test_bundle_is_written_anew_when_a_part_changed(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR = tmp_path
    monkeypatch.setattr(bundles, "text_of", lambda name: f"{name} old")
    finder = bundles.BundleFinder()
    found = Path(finder.find("web/bundles/portal.css"))
    assert found.read_text() == "portal old"
    monkeypatch.setattr(bundles, "text_of", lambda name: f"{name} new")
    finder.find("web/bundles/portal.css")
    assert found.read_text() == "portal new"


def test_collectstatic_sees_every_bundle(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    finder = bundles.BundleFinder()
    listed = {path: storage.exists(path) for path, storage in finder.list([])}
    assert listed == {"web/bundles/portal.css": True, "web/bundles/console.css": True}


def test_finder_leaves_other_files_alone() -> None:
    finder = bundles.BundleFinder()
    assert finder.find("web/portal.js") == []
    assert finder.find("../settings.py", find_all=True) == []
