"""Server and worker start and stop together."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gongkai import demo_site, serve

SLEEPER = "import time; time.sleep(60)"


def _supervisor(server: str, worker: str) -> "subprocess.Popen[str]":
    """A process that supervises two Python programs and says "ready"."""
    script = f"""
import sys
from gongkai import demo_site, serve
serve.RESTART_PAUSE_SECONDS = 0.1
sys.exit(serve.supervise(
    [sys.executable, "-c", {server!r}],
    [sys.executable, "-c", {worker!r}],
    answers=lambda: True, ready=lambda: serve._say("ready"),
))
"""
    return subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    )


def _wait_for(condition: object, seconds: float = 20) -> None:
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def _is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().split()[2] != "Z"


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_both(stop: signal.Signals, tmp_path: Path) -> None:
    note = tmp_path / "pids"
    program = f"import os; open({str(note)!r}, 'a').write(f'{{os.getpid()}} '); "
    with _supervisor(program + SLEEPER, program + SLEEPER) as process:
        _wait_for(lambda: note.exists() and len(note.read_text().split()) == 2)
        process.send_signal(stop)
        assert process.wait(timeout=20) == 0
    assert not any(_is_running(int(pid)) for pid in note.read_text().split())


def test_a_worker_that_died_is_started_again(tmp_path: Path) -> None:
    note = tmp_path / "starts"
    worker = f"open({str(note)!r}, 'a').write('x')"
    with _supervisor(SLEEPER, worker) as process:
        _wait_for(lambda: note.exists() and len(note.read_text()) >= 3)
        process.terminate()
        assert process.wait(timeout=20) == 0


def test_a_server_that_ended_ends_all(tmp_path: Path) -> None:
    with _supervisor("raise SystemExit(3)", SLEEPER) as process:
        assert process.wait(timeout=20) == 1


def test_a_taken_port_is_said_with_the_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = serve.Address("127.0.0.1", taken.getsockname()[1])
        with pytest.raises(serve.CannotListen, match="is taken.*PORT=8001"):
            serve.require_free(address, remedy="make demo PORT=8001")


def test_a_port_beyond_the_last_is_refused() -> None:
    with pytest.raises(serve.CannotListen, match="65535"):
        serve.require_free(serve.Address("127.0.0.1", 70000), remedy="another")


def test_the_server_has_two_processes_of_eight_threads() -> None:
    command = serve.granian(serve.Address("127.0.0.1", 8000), workers=serve.WORKERS)
    assert command[command.index("--workers") + 1] == "2"
    assert command[command.index("--blocking-threads") + 1] == "8"


def test_an_unsafe_production_site_is_refused_with_the_reason(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "serve", "--port", str(_free_port())],
        env=_site(tmp_path) | {"GONGKAI_ENV": "production", "GONGKAI_SECRET_KEY": "x"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "GONGKAI_SECRET_KEY is short" in done.stderr


def test_a_real_site_answers_and_stops(tmp_path: Path) -> None:
    site, port = _site(tmp_path), _free_port()
    command = [sys.executable, "-m", "gongkai"]
    subprocess.run([*command, "migrate", "-v0"], env=site, check=True)
    subprocess.run([*command, "collectstatic", "-v0"], env=site, check=True)
    serving = [*command, "serve", "--port", str(port)]
    with subprocess.Popen(serving, env=site, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert b"answers at" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
    serve.require_free(serve.Address("127.0.0.1", port), remedy="none")


def _site(var: Path) -> dict[str, str]:
    """The environment of a small site of its own."""
    keys = demo_site.environment(var)
    return {"PATH": os.environ["PATH"], **keys, "PYTHONWARNINGS": "default"}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
