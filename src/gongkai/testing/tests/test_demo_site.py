"""The demo's keys, its stamp and its lock; what it shows is tested by the walk."""

from pathlib import Path

import pytest

from gongkai import demo_site


def test_keys_are_made_once_long_different_and_for_the_owner_alone(
    tmp_path: Path,
) -> None:
    first = demo_site.environment(tmp_path)
    assert demo_site.environment(tmp_path) == first
    assert len(first["GONGKAI_SECRET_KEY"]) >= 50
    assert first["GONGKAI_SECRET_KEY"] != first["GONGKAI_AUDIT_KEY"]
    for name in demo_site.KEY_FILES.values():
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_a_prepared_site_is_prepared_again_when_the_package_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "gongkai.sqlite3").touch()
    (tmp_path / "stamp").write_text(demo_site._fingerprint(), encoding="ascii")
    assert demo_site._is_prepared(tmp_path)
    monkeypatch.setattr(demo_site, "_served_files", lambda: iter([]))
    assert not demo_site._is_prepared(tmp_path)


def test_a_lost_database_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "stamp").write_text(demo_site._fingerprint(), encoding="ascii")
    assert not demo_site._is_prepared(tmp_path)


def test_running_data_are_not_thrown_away(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    running = demo_site._held(folder, alone=False)
    with running, pytest.raises(demo_site.DemoIsRunning):
        demo_site._held(folder, alone=True)
    demo_site._held(folder, alone=True).close()
