"""A PostgreSQL cluster that the test run makes for itself and throws away.

``python -m gongkai.testing.postgres COMMAND ...`` runs a command beside one, with its
address in GONGKAI_TEST_DATABASE.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing here need survive a power cut, so nothing waits for the disk.
SERVER_OPTIONS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c listen_addresses='' -c max_connections=200"
)


class NoPostgres(Exception):
    """PostgreSQL's server is not installed here."""


def binaries() -> Path:
    """Folder of the newest installed server's programs; raises NoPostgres."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3]),
    )
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path and (Path(on_path).resolve().parent / "postgres").exists():
        return Path(on_path).resolve().parent
    raise NoPostgres("PostgreSQL is not installed (apt-get install postgresql)")


@contextmanager
def cluster() -> Iterator[str]:
    """Address of a running, empty cluster, for GONGKAI_TEST_DATABASE.

    It listens on a Unix socket only, in a folder short enough for its name.
    """
    programs = binaries()
    folder = Path(tempfile.mkdtemp(prefix="gongkai-pg-", dir="/tmp"))
    try:
        _give_away(folder)
        data = folder / "data"
        _run(
            folder,
            [
                *(str(programs / "initdb"), "--pgdata", str(data), "--no-sync"),
                *("--username", "postgres", "--auth", "trust"),
                *("--encoding", "UTF8", "--locale", "C.UTF-8"),
            ],
        )
        control = [str(programs / "pg_ctl"), "--pgdata", str(data), "--wait"]
        options = f"{SERVER_OPTIONS} -c unix_socket_directories={folder}"
        log = str(folder / "log")
        _run(folder, [*control, "start", "--log", log, "--options", options])
        try:
            yield f"postgres://postgres@/gongkai?host={folder}"
        finally:
            _run(folder, [*control, "stop", "--mode", "immediate"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> pwd.struct_passwd | None:
    """Whom the server runs as: it refuses root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _give_away(folder: Path) -> None:
    user = _user()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)


def _run(folder: Path, command: list[str]) -> None:
    """Run a program of PostgreSQL; its words reach the error where it fails."""
    user = _user()
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            command,
            cwd=folder,
            # Not a pipe: the server keeps it open for as long as it runs.
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
            check=False,
        )
        if done.returncode:
            output.seek(0)
            log = folder / "log"
            words = output.read() + (log.read_text() if log.exists() else "")
            raise RuntimeError(f"{Path(command[0]).name} failed:\n{words}")


def main(command: list[str]) -> int:
    with cluster() as address:
        environment = os.environ | {"GONGKAI_TEST_DATABASE": address}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
