"""Pages of the public site over HTTP, from the server that `gongkai serve` starts."""

import json
import socket
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from bench.load import Answers, each_once, load, request
from bench.processes import Usage, children, cpu_seconds, resident
from bench.sites import READY, Site, Sites
from bench.table import Row, say
from gongkai.serve import THREADS, WORKERS, Address, gongkai, granian

ITEMS = 50  # pages that are asked for over and over
ONCE = 500  # pages that are asked for once
SECONDS = 3.0
ROUNDS = 3
MEGABYTES = 250
WORDS = ("公开 指南", "财政 预算", "易地扶贫搬迁", "公开", "主动公开 监督")


@dataclass
class Measured:
    """Of one way to answer: requests per second, and the server's own cost of one."""

    per_second: float
    cpu_milliseconds: float


def measure(sites: Sites) -> list[Row]:
    site = sites.get("SQLite", sites.size)
    say("counting templates of repeated requests")
    told = json.loads(site.ask("bench.templates"))
    rows = [_template_row(*one) for one in told]
    with _served(site) as server:
        rows = [*_speed(site, server), *rows]
        _visit_everything(site, server.port)
        rows += _web_memory(server)
    rows.append(_background_memory(site))
    return rows


@dataclass(frozen=True)
class Server:
    port: int
    process_id: int

    @property
    def workers(self) -> list[int]:
        return [one for one in children(self.process_id) if _is_worker(one)]


def _is_worker(process_id: int) -> bool:
    """Python's resource tracker is a child, too, of a few megabytes."""
    line = Path(f"/proc/{process_id}/cmdline").read_bytes()
    return b"resource_tracker" not in line


@contextmanager
def _served(site: Site) -> Iterator[Server]:
    port = _free_port()
    say(f"serving with {WORKERS} processes of {THREADS} threads")
    module, *words = granian(Address("127.0.0.1", port), workers=WORKERS)[2:]
    process = site.command(module, *words)
    try:
        _await(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _await(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            _get(port, "/robots.txt")
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _get(port: int, path: str) -> tuple[bytes, str]:
    """Body and validator; raises HTTPError for a page that does not answer 200."""
    address = f"http://localhost:{port}{path}"
    asked = Request(address, headers={"Accept-Encoding": "gzip"})
    with urlopen(asked, timeout=60) as response:  # noqa: S310 - ours
        return response.read(), response.headers.get("ETag", "")


def _spread(paths: list[str], count: int, skip: int = 0) -> list[str]:
    """So many of them, over the whole archive."""
    return paths[skip :: max(len(paths) // count, 1)][:count]


def _ways(site: Site, port: int) -> tuple[dict[str, list[bytes]], float]:
    """The requests of each way to answer, and the mean size of an answer in KiB."""
    paths = _spread(site.paths, ITEMS)
    pages = [_get(port, path) for path in paths]
    folder = site.folder / READY
    folder.mkdir(exist_ok=True)
    for number, (body, _) in enumerate(pages):
        (folder / str(number)).write_bytes(body)
    ways = {
        "ready": [
            request(port, f"/bench-ready/{number}/") for number in range(len(pages))
        ],
        "item": [request(port, path) for path in paths],
        "validator": [
            request(port, path, {"If-None-Match": tag})
            for path, (_, tag) in zip(paths, pages, strict=True)
        ],
    }
    return ways, statistics.mean(len(body) for body, _ in pages) / 1024


def _speed(site: Site, server: Server) -> list[Row]:
    ways, size = _ways(site, server.port)
    found = _in_turns(server, ways)
    first = _first_time(site, server)
    which = f"ready bytes, same middleware ({size:.1f} KiB gzipped)"
    return [
        _rate_row("item page asked for again, requests/s", found, "item", which, 0.5),
        _cost_row("the same, server's CPU ms a request", found, "item", which),
        _rate_row(
            "repeat with a validator (304), requests/s", found, "validator", which
        ),
        Row(
            "item page asked for the first time, requests/s",
            f"{first.per_second:,.0f}",
            f"{found['ready'].per_second:,.0f}",
            which,
            f"{first.per_second / found['ready'].per_second:.2f}",
        ),
    ]


def _rate_row(
    what: str,
    found: dict[str, Measured],
    way: str,
    which: str,
    least: float | None = None,
) -> Row:
    figure, baseline = found[way].per_second, found["ready"].per_second
    return Row(
        what,
        f"{figure:,.0f}",
        f"{baseline:,.0f}",
        which,
        f"{figure / baseline:.2f}",
        f"at least {least:.2f}" if least else "",
        figure / baseline >= least if least else None,
    )


def _cost_row(what: str, found: dict[str, Measured], way: str, which: str) -> Row:
    """Free of the client's share in the requests per second."""
    figure, baseline = found[way].cpu_milliseconds, found["ready"].cpu_milliseconds
    return Row(
        what, f"{figure:.2f}", f"{baseline:.2f}", which, f"{figure / baseline:.2f}"
    )


def _in_turns(server: Server, ways: dict[str, list[bytes]]) -> dict[str, Measured]:
    """The median of rounds that take turns, so that a busy minute strikes all."""
    for requests in ways.values():
        load(server.port, requests, SECONDS / 2)
    rounds: dict[str, list[Measured]] = {way: [] for way in ways}
    for number in range(ROUNDS):
        say(f"loading the server, round {number + 1} of {ROUNDS}")
        for way, requests in ways.items():
            rounds[way].append(_measured(server, requests, _status(way)))
    return {
        way: Measured(
            statistics.median(one.per_second for one in found),
            statistics.median(one.cpu_milliseconds for one in found),
        )
        for way, found in rounds.items()
    }


def _status(way: str) -> int:
    return 304 if way == "validator" else 200


def _measured(server: Server, requests: Sequence[bytes], status: int) -> Measured:
    before = sum(map(cpu_seconds, server.workers))
    answers = load(server.port, requests, SECONDS)
    spent = sum(map(cpu_seconds, server.workers)) - before
    _check(answers, status)
    return Measured(answers.per_second, spent / answers.count * 1000)


def _check(answers: Answers, status: int) -> None:
    if set(answers.statuses) != {status}:
        raise RuntimeError(f"Wanted {status} alone, got {answers.statuses}")


def _first_time(site: Site, server: Server) -> Answers:
    paths = _spread(site.paths, min(ONCE, site.size // 3), skip=1)
    answers = each_once(server.port, [request(server.port, path) for path in paths])
    _check(answers, 200)
    return answers


def _visit_everything(site: Site, port: int) -> None:
    """What fills a worker's memory: its page cache, the index, every kind of page."""
    say("visiting pages of every kind")
    paths = ["/", "/agencies/", "/a/anping/", "/feed.atom", "/sitemap.xml", "/search/"]
    paths += [f"/a/bureau-{number}/" for number in range(2, 30)]
    paths += [
        f"/search/?q={quote(words)}&page={page}"
        for words in WORDS
        for page in (1, 2, 3)
    ]
    # Each process, not only one, must meet them.
    for path in paths * 3:
        try:
            _get(port, path)
        except HTTPError as error:
            say(f"{path} answers {error.code}")
            error.close()
    more = _spread(site.paths, min(4 * ONCE, site.size // 3), skip=2)
    _check(each_once(port, [request(port, path) for path in more]), 200)


def _web_memory(server: Server) -> list[Row]:
    used = max((resident(one) for one in server.workers), key=lambda one: one.resident)
    return [
        _memory_row("a web process, MB resident", used),
        Row("  of it, its own", f"{used.own:.0f}"),
        Row("  of it, mapped from the database file", f"{used.mapped:.0f}"),
    ]


def _memory_row(what: str, used: Usage) -> Row:
    return Row(
        what,
        f"{used.resident:.0f}",
        f"{MEGABYTES}",
        "the limit",
        f"{used.resident / MEGABYTES:.2f}",
        f"under {MEGABYTES}",
        used.resident < MEGABYTES,
    )


def _background_memory(site: Site) -> Row:
    say("running the background worker")
    process = site.command(*gongkai("worker")[2:])
    try:
        time.sleep(10)
        if process.poll() is not None:
            raise RuntimeError("The background worker ended by itself.")
        used = resident(process.pid)
    finally:
        process.terminate()
        process.wait()
    return _memory_row("the background worker, MB resident", used)


def _template_row(path: str, first: int, repeated: int, status: int) -> Row:
    return Row(
        f"templates for a repeat with a validator: {path}",
        f"{repeated}",
        f"{first}",
        "the first request",
        "",
        "none, and 304",
        repeated == 0 and status == 304,
    )
