"""A light client for `bench.pages`: connections that stay open, one process.

It costs the server's machine a fraction of what the server does, and needs nothing
installed.
"""

import selectors
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle

CONNECTIONS = 16
_END = b"\r\n\r\n"
_LENGTH = b"content-length:"


@dataclass
class Answers:
    """``statuses``: how often each came."""

    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(self.statuses.values())

    @property
    def per_second(self) -> float:
        return self.count / self.seconds


class Unfinished(Exception):
    """The server closed a connection in the middle of an answer, or fell silent."""


def request(port: int, path: str, headers: Mapping[str, str] | None = None) -> bytes:
    told = {"Host": f"localhost:{port}", "Accept-Encoding": "gzip", **(headers or {})}
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {told[name]}" for name in told)]
    return "\r\n".join([*lines, "", ""]).encode()


def load(port: int, requests: Sequence[bytes], seconds: float) -> Answers:
    """Send the requests over and over, for ``seconds``."""
    started = time.perf_counter()
    return _drive(port, cycle(requests), started + seconds)


def each_once(port: int, requests: Sequence[bytes]) -> Answers:
    return _drive(port, iter(requests), None)


def _drive(port: int, requests: Iterator[bytes], end: float | None) -> Answers:
    answers = Answers()
    started = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for _ in range(CONNECTIONS):
            line = _Line(port)
            if line.send(requests):
                selector.register(line.socket, selectors.EVENT_READ, line)
        while selector.get_map():
            heard = selector.select(timeout=30)
            if not heard:
                raise Unfinished
            for key, _events in heard:
                line = key.data
                status = line.read()
                if status is None:
                    continue
                answers.statuses[status] = answers.statuses.get(status, 0) + 1
                is_over = end is not None and time.perf_counter() > end
                if is_over or not line.send(requests):
                    selector.unregister(line.socket)
                    line.socket.close()
    answers.seconds = time.perf_counter() - started
    return answers


class _Line:
    """One connection: an answer is read to its end before the next request."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._got = b""

    def send(self, requests: Iterator[bytes]) -> bool:
        """False where there is nothing more to ask."""
        wanted = next(requests, None)
        if wanted is None:
            return False
        self._got = b""
        self.socket.sendall(wanted)
        return True

    def read(self) -> int | None:
        """Status, once the answer is whole."""
        got = self.socket.recv(262_144)
        if not got:
            raise Unfinished
        self._got += got
        head_end = self._got.find(_END)
        if head_end < 0:
            return None
        head = self._got[:head_end]
        if len(self._got) - head_end - len(_END) < _length(head):
            return None
        return int(head[9:12])


def _length(head: bytes) -> int:
    """Zero for an answer without a body, such as 304."""
    lowered = head.lower()
    place = lowered.find(_LENGTH)
    if place < 0:
        return 0
    return int(lowered[place + len(_LENGTH) :].split(b"\r", 1)[0])
