"""Scratch sites to measure: made on demand, each once a run, gone at its end."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

from bench.table import say
from gongkai.testing import postgres

ROOT = Path(__file__).resolve().parents[1]
SMALLEST = 500
# In a site's folder: the address of each item, a line each.
PATHS = "paths"
# The folder of the bytes that the baseline's view returns.
READY = "ready"

Engine = Literal["SQLite", "PostgreSQL"]


@dataclass(frozen=True)
class Site:
    engine: Engine
    size: int
    folder: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            # Nothing of a site that the caller's shell may name.
            **_without_settings(os.environ),
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "GONGKAI_ENV": "test",
            "GONGKAI_SECRET_KEY": "bench-" + "k" * 60,
            "GONGKAI_AUDIT_KEY": "bench-" + "a" * 60,
            "GONGKAI_PERSONAL_KEY": "bench-" + "p" * 60,
            "GONGKAI_HOSTS": "localhost,127.0.0.1,testserver",
            "GONGKAI_VAR": str(self.folder),
            "GONGKAI_DATABASE": self.database,
            "PYTHONPATH": str(ROOT),
        }

    @property
    def paths(self) -> list[str]:
        return (self.folder / PATHS).read_text().split()

    def command(self, *words: str) -> "subprocess.Popen[bytes]":
        """Start ``python -m`` something on this site; its output can be read."""
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            env=self.environment,
            cwd=self.folder,
            stdout=subprocess.PIPE,
        )

    def ask(self, *words: str) -> bytes:
        """What ``python -m`` something prints; raises CalledProcessError."""
        with self.command(*words) as process:
            try:
                output, _ = process.communicate()
            except BaseException:
                process.terminate()
                raise
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, words)
        return output


def _without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in environment.items()
        if not name.startswith(("GONGKAI_", "DJANGO_"))
    }


class Sites:
    """Gives sites of the size asked for, or of a tenth of it, on either engine."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.tenth = max(size // 10, min(size, SMALLEST))
        self._ready: dict[tuple[Engine, int], Site] = {}
        self._stack = ExitStack()
        self._server: str | None = None

    def __enter__(self) -> "Sites":
        folder = tempfile.TemporaryDirectory(
            prefix="gongkai-bench-", ignore_cleanup_errors=True
        )
        self._folder = Path(self._stack.enter_context(folder))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def has_postgresql(self) -> bool:
        try:
            postgres.binaries()
        except postgres.NoPostgres as error:
            say(f"left out: {error}")
            return False
        return True

    def get(self, engine: Engine, size: int) -> Site:
        self.make([(engine, size)])
        return self._ready[engine, size]

    def make(self, wanted: Sequence[tuple[Engine, int]]) -> None:
        """Make what is not there yet, side by side."""
        sites = [self._new(*key) for key in wanted if key not in self._ready]
        started = time.monotonic()
        for site in sites:
            say(f"making {site.size:,} items on {site.engine}")
        _wait_for([site.command("bench.building", str(site.size)) for site in sites])
        for site in sites:
            self._ready[site.engine, site.size] = site
        if sites:
            say(f"made in {time.monotonic() - started:.0f} s")

    def built(self, engine: Engine, size: int, builder: str, *words: str) -> Site:
        """A site of its own that another module fills, ``python -m builder``."""
        site = self._new(engine, size, builder.replace(".", "_"))
        say(f"{builder} makes {size:,} records on {engine}")
        _wait_for([site.command(builder, *words)])
        return site

    def _new(self, engine: Engine, size: int, name: str = "bench") -> Site:
        folder = self._folder / f"{name}-{engine}-{size}"
        folder.mkdir()
        database = str(folder / "bench.sqlite3")
        if engine == "PostgreSQL":
            database = self._new_database(f"{name}_{size}")
        return Site(engine, size, folder, database)

    def _new_database(self, name: str) -> str:
        import psycopg

        if self._server is None:
            say("starting a PostgreSQL cluster of this run's own")
            self._server = self._stack.enter_context(postgres.cluster())
        anywhere = self._server.replace("/gongkai?", "/postgres?")
        with psycopg.connect(anywhere, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._server.replace("/gongkai?", f"/{name}?")


def _wait_for(processes: Sequence["subprocess.Popen[bytes]"]) -> None:
    try:
        for process in processes:
            process.communicate()
            if process.returncode:
                raise subprocess.CalledProcessError(process.returncode, process.args)
    finally:
        for process in processes:
            if process.poll() is None:
                process.terminate()
            process.wait()
