"""``gongkai demo``: make and run a site with the demo county, in ``var/demo/``.

It has keys of its own, listens on this machine only, and is never a real site: its
passwords are printed on the screen.
"""

import argparse
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import distributions
from pathlib import Path
from typing import IO

from gongkai.serve import Address, CannotListen, gongkai, require_free, serve

PACKAGE = Path(__file__).resolve().parent
HOST = "127.0.0.1"
KEY_FILES = {
    "GONGKAI_SECRET_KEY": "secret-key",
    "GONGKAI_AUDIT_KEY": "audit-key",
    "GONGKAI_PERSONAL_KEY": "personal-key",
}
# What the running server never reads from a checkout's package.
UNSERVED = {"__pycache__", "tests", "testing"}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gongkai demo", description="Make and run the demo county."
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fresh", action="store_true", help="start over")
    wanted = parser.parse_args(arguments)
    address = Address(HOST, wanted.port)
    folder = Path("var/demo").absolute()
    try:
        require_free(address, remedy=f"make demo PORT={wanted.port + 1}")
        with _held(folder, alone=wanted.fresh):
            if wanted.fresh:
                shutil.rmtree(folder, ignore_errors=True)
            return _run(folder, address)
    except (CannotListen, DemoIsRunning) as error:
        sys.stderr.write(f"gongkai: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


class DemoIsRunning(Exception):
    """The demo's data cannot be thrown away under a running demo."""


def adopt_if_nothing_is_set() -> None:
    """Let a command that was told of no site work on this checkout's demo site.

    So `gongkai verify_audit` beside `make demo` needs no settings. Any GONGKAI_ name
    in the environment, or a settings module, means that a site was chosen.
    """
    if any(name.startswith(("GONGKAI_", "DJANGO_SETTINGS")) for name in os.environ):
        return
    for root in (Path.cwd(), PACKAGE.parents[1]):
        folder = root / "var" / "demo"
        if (folder / "stamp").exists():
            sys.stderr.write(f"(No GONGKAI_ setting: the demo site in {folder}.)\n")
            os.environ.update(environment(folder))
            return


def environment(folder: Path) -> Mapping[str, str]:
    """The settings of the demo site in ``folder``; makes its keys on first call."""
    keys = {name: _key(folder / file) for name, file in KEY_FILES.items()}
    return keys | {
        "GONGKAI_ENV": "demo",
        "GONGKAI_VAR": str(folder),
        "GONGKAI_DATABASE": str(folder / "gongkai.sqlite3"),
        "GONGKAI_HOSTS": "localhost,127.0.0.1",
    }


def _run(folder: Path, address: Address) -> int:
    for name in [name for name in os.environ if name.startswith("GONGKAI_")]:
        del os.environ[name]
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.settings"
    os.environ.update(environment(folder))
    if not _is_prepared(folder) and not _prepare(folder):
        return 1
    return serve(
        address,
        ready=lambda: _announce(folder, address),
        # The demo's mail goes to nobody; here it can be read.
        worker_log=folder / "worker.log",
    )


def _prepare(folder: Path) -> bool:
    """Migrate, collect and load; each step can be repeated and spoils nothing."""
    steps = {
        "Making the database": ["migrate", "--no-input", "--verbosity", "0"],
        "Collecting the static files": [
            *("collectstatic", "--no-input", "--clear", "--verbosity", "0")
        ],
        "Loading the demo county": ["load_demo"],
    }
    for title, words in steps.items():
        _say(f"{title} ...")
        if subprocess.run(gongkai(*words), check=False).returncode:
            return False
    (folder / "stamp").write_text(_fingerprint(), encoding="ascii")
    return True


def _is_prepared(folder: Path) -> bool:
    stamp = folder / "stamp"
    return (
        stamp.exists()
        and (folder / "gongkai.sqlite3").exists()
        and (folder / "static").exists()
        and stamp.read_text(encoding="ascii") == _fingerprint()
    )


def _fingerprint() -> str:
    """Hash of our package and of the versions of all others."""
    digest = hashlib.sha256()
    for path in _served_files():
        digest.update(str(path.relative_to(PACKAGE)).encode())
        digest.update(path.read_bytes())
    for name in sorted(f"{found.name}=={found.version}" for found in distributions()):
        digest.update(name.encode())
    return digest.hexdigest()


def _served_files() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and not UNSERVED.intersection(path.parts):
            yield path


def _key(path: Path) -> str:
    """The key in ``path``, made on first use and readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "x", opener=_owner_only, encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii")


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _held(folder: Path, *, alone: bool) -> IO[str]:
    """Hold the demo's lock until the file is closed; raises DemoIsRunning."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = (folder.parent / "demo.lock").open("a", encoding="ascii")
    try:
        fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise DemoIsRunning(
            "A demo is running on these data. Stop it first (Ctrl-C where it runs)."
        ) from error
    return lock


def _announce(folder: Path, address: Address) -> None:
    written = (folder / "demo.json").read_text(encoding="utf-8")
    lines = ["", f"Gongkai is ready: {address}", f"Staff sign in at {address}console/"]
    lines += [""] + [
        f"  {person['role']:<18} {person['username']:<14} {person['password']}"
        for person in json.loads(written)["sign_ins"]
    ]
    lines += ["", f"Mail that would be sent is in {folder / 'worker.log'}"]
    _say("\n".join([*lines, "Ctrl-C stops it. make demo FRESH=1 starts over."]))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
