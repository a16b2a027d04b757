"""The `gongkai` command: what it lists, and what it needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai import cli, demo_site


def test_the_overview_lists_our_own_words_first_and_needs_no_settings(
    clean_environment: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--help"]) == 0
    text = capsys.readouterr().out
    assert text.index("check_form") < text.index("serve") < text.index("verify_audit")


def test_a_word_without_database_never_loads_django() -> None:
    script = (
        "import sys; from gongkai.cli import main; "
        "code = main(['check_form', '--list']); "
        "assert code == 0 and 'django' not in sys.modules, code"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_other_words_are_djangos_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["diffsettings"]) == 0
    assert "ROOT_URLCONF" in capsys.readouterr().out


def test_a_missing_setting_is_named(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "check"],
        env={"GONGKAI_ENV": "production", "PATH": "/usr/bin"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("gongkai: GONGKAI_SECRET_KEY is not set")


def test_without_settings_a_command_works_on_the_demo_site_beside_it(
    clean_environment: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "var" / "demo"
    folder.mkdir(parents=True)
    (folder / "stamp").touch()
    found: dict[str, str] = {}
    monkeypatch.setattr(os, "environ", found)
    demo_site.adopt_if_nothing_is_set()
    assert found["GONGKAI_ENV"] == "demo"
    assert found["GONGKAI_VAR"] == str(folder)


def test_one_setting_is_enough_to_leave_the_demo_site_alone(
    clean_environment: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "var" / "demo"
    folder.mkdir(parents=True)
    (folder / "stamp").touch()
    found = {"GONGKAI_HOSTS": "gongkai.example"}
    monkeypatch.setattr(os, "environ", found)
    demo_site.adopt_if_nothing_is_set()
    assert found == {"GONGKAI_HOSTS": "gongkai.example"}
