import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "settings.md"


def test_every_setting_is_documented() -> None:
    if not PAGE.exists():
        pytest.skip("installed without its docs")
    read = set(
        re.findall(
            r'"(GONGKAI_[A-Z_]+)"',
            (ROOT / "src" / "gongkai" / "settings.py").read_text(encoding="utf-8"),
        )
    )
    told = set(re.findall(r"`(GONGKAI_[A-Z_]+)`", PAGE.read_text(encoding="utf-8")))
    assert read <= told
    assert told <= read | {"GONGKAI_TEST_DATABASE"}


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        *(
            f"docs/{name}"
            for name in (
                "clerk.md",
                "reviewer.md",
                "ogi-office.md",
                "administrator.md",
                "operating.md",
                "architecture.md",
            )
        ),
    ],
)
def test_every_link_between_pages_leads_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\((?!http)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{page} → {target}"
