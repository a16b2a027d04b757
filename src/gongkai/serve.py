"""``gongkai serve``: the web server and the worker, started and stopped together."""

import argparse
import errno
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO

WORKERS = 2
# One thread a worker is as fast, until ten stalled downloads stop the site.
THREADS = 8
GRACE_SECONDS = 10
TICK_SECONDS = 0.2
RESTART_PAUSE_SECONDS = 1.0


class CannotListen(Exception):
    """The address cannot be bound; the message says why and what to do."""


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    def __str__(self) -> str:
        return f"http://{self.host}:{self.port}/"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gongkai serve", description="Run the web server and the worker."
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--workers", type=int, default=WORKERS, help="web processes (default 2)"
    )
    wanted = parser.parse_args(arguments)
    address = Address(wanted.host, wanted.port)
    # Said aloud, so that no command of ours falls back on the demo site.
    os.environ.setdefault("GONGKAI_ENV", "production")
    try:
        require_free(address, remedy="gongkai serve --port N")
    except CannotListen as error:
        sys.stderr.write(f"gongkai: {error}\n")
        return 1
    if not is_safe_to_start():
        return 1
    return serve(address, workers=wanted.workers)


def require_free(address: Address, *, remedy: str) -> None:
    """Raise CannotListen where ``address`` is taken or not ours to take."""
    if not 0 < address.port < 65536:
        raise CannotListen(f"Port {address.port} is not between 1 and 65535.")
    try:
        with socket.create_server((address.host, address.port)):
            pass
    except OSError as error:
        reasons = {
            errno.EADDRINUSE: "is taken by another program",
            errno.EACCES: "needs root",
        }
        reason = reasons.get(error.errno or 0, f"cannot be used ({error.strerror})")
        raise CannotListen(
            f"Port {address.port} {reason}. Choose another: {remedy}"
        ) from error


def is_safe_to_start() -> bool:
    """Whether the application loads; otherwise it has said why not."""
    command = [sys.executable, "-m", "gongkai.preflight"]
    return subprocess.run(command, check=False).returncode == 0


def serve(
    address: Address,
    *,
    workers: int = WORKERS,
    ready: Callable[[], None] | None = None,
    worker_log: Path | None = None,
) -> int:
    """Serve until SIGINT or SIGTERM; ``ready`` is called at the first answer.

    What the worker says goes to ``worker_log`` where one is given.
    """
    announce = ready or (lambda: _say(f"Gongkai answers at {address}"))
    with ExitStack() as files:
        log = files.enter_context(worker_log.open("ab")) if worker_log else None
        return supervise(
            granian(address, workers=workers),
            gongkai("worker"),
            answers=lambda: _answers(address),
            ready=announce,
            worker_log=log,
        )


def granian(address: Address, *, workers: int) -> list[str]:
    """The command line of the web server."""
    return [
        *(sys.executable, "-m", "granian", "gongkai.wsgi:application"),
        *("--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", address.host, "--port", str(address.port)),
        *("--workers", str(workers), "--blocking-threads", str(THREADS)),
        *("--respawn-failed-workers", "--workers-kill-timeout", str(GRACE_SECONDS - 2)),
        # Its warnings are about the number of threads, which is meant.
        *("--log-level", "error"),
    ]


def gongkai(*words: str) -> list[str]:
    """The command line of one of our own commands, by this very Python."""
    return [sys.executable, "-m", "gongkai", *words]


def supervise(
    server: list[str],
    worker: list[str],
    *,
    answers: Callable[[], bool],
    ready: Callable[[], None],
    worker_log: IO[bytes] | None = None,
) -> int:
    """Keep both running until a signal to stop; 0 then, 1 where the server ended."""
    asked = _StopSignal()
    children = {"server": _start(server), "worker": _start(worker, worker_log)}
    is_ready = False
    try:
        while not asked.to_stop:
            if children["server"].poll() is not None:
                _say("gongkai: the web server ended; stopping.")
                return 1
            if children["worker"].poll() is not None:
                _say("gongkai: the worker ended; starting it again.")
                time.sleep(RESTART_PAUSE_SECONDS)
                children["worker"] = _start(worker, worker_log)
            if not is_ready and answers():
                is_ready = True
                ready()
            time.sleep(TICK_SECONDS)
    finally:
        _end(list(children.values()))
        asked.restore()
    return 0


class _StopSignal:
    """Notes that somebody asked the process to stop."""

    SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def __init__(self) -> None:
        self.to_stop = False
        self._before = {name: signal.signal(name, self._note) for name in self.SIGNALS}

    def restore(self) -> None:
        for name, handler in self._before.items():
            signal.signal(name, handler)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.to_stop = True


def _start(
    command: list[str], log: IO[bytes] | None = None
) -> "subprocess.Popen[bytes]":
    """Start a child out of reach of the terminal's Ctrl-C: we pass the word on.

    With ``setpriv`` (util-linux) it also ends when this process is killed outright.
    """
    setpriv = shutil.which("setpriv")
    tied = [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [*tied, *command],
        start_new_session=True,
        env=environment,
        stdout=log,
        stderr=log and subprocess.STDOUT,
    )


def _end(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        child.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _answers(address: Address) -> bool:
    host = "127.0.0.1" if address.host == "0.0.0.0" else address.host  # noqa: S104 - asked of ourselves
    connection = http.client.HTTPConnection(host, address.port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
