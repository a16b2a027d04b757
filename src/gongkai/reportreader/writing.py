"""Text made easy to match: no blanks, offsets kept.

A ``View`` is a stretch of the source without the blanks in it. ``at[i]`` is where its
character ``i`` stands in the source text, so whatever is found in a view can be quoted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

_BLANK = re.compile(r"\s")
# 報(bào)告: some mirrors put the reading behind a character that they replaced.
READING = r"\([a-z\u00e0-\u00fc\u0101-\u01dc]{1,6}\)"
_READING = re.compile(READING)
_CLUTTER = re.compile(rf"\s+|{READING}")


@dataclass(frozen=True)
class View:
    """``text`` has no blanks; it covers ``[start, end)`` of the source."""

    text: str
    at: Sequence[int]
    start: int
    end: int

    def source_start(self, index: int) -> int:
        return self.at[index] if index < len(self.at) else self.end

    def source_end(self, index: int) -> int:
        """The end in the source of what ends before ``index`` here."""
        return self.at[index - 1] + 1 if index else self.start


def view_of(folded: str, start: int, end: int) -> View:
    """A view of ``folded[start:end]``."""
    text = folded[start:end]
    if not _BLANK.search(text) and not _READING.search(text):
        return View(text, range(start, end), start, end)
    kept = list(_kept(text))
    at = list(chain.from_iterable(range(start + a, start + b) for a, b in kept))
    return View("".join(text[a:b] for a, b in kept), at, start, end)


def _kept(text: str) -> Iterator[tuple[int, int]]:
    last = 0
    for gap in _CLUTTER.finditer(text):
        if gap.start() > last:
            yield last, gap.start()
        last = gap.end()
    if last < len(text):
        yield last, len(text)
