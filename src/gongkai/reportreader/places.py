"""Which place a report speaks of, and at which level its body stands."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from gongkai.reportreader.names import LEVELS, is_place, level_of

# As much as tells; a longer text is read to here, so that the time stays bounded.
SCANNED = 30_000
_LEVEL_CHARS = "省市县区旗州盟镇乡"
_WORD = re.compile("[\u4e00-\u9fff]{1,6}")
# Kinds of word that no place's name is made of: verbs, prepositions, numbers ...
_NO_STEM = frozenset("pvdrcumtfqxeoy")
_OWN = re.compile(
    f"(?P<we>[我全本])(?P<level>[{_LEVEL_CHARS}]|街道)(?![{_LEVEL_CHARS}])"
)
_ABOVE = re.compile(f"(?P<level>[{_LEVEL_CHARS}])(?:委|政府|直(?:各|有关|机关|单位)?)")

_DEPARTMENT = re.compile("[我本](?:局|委|办|厅|中心)|局党组|局机关")
_PLACE = re.compile(f"我(?:[{_LEVEL_CHARS}]|街道)")


@dataclass(frozen=True)
class Surroundings:
    """The places and levels that a text names. ``text`` is folded."""

    text: str

    @cached_property
    def tokens(self) -> tuple[tuple[str, str, int], ...]:
        """Words of the scanned text with their kind and place in it."""
        import rjieba  # loads its dictionary at first use

        found = []
        at = 0
        for word, kind in rjieba.tag(self.text[:SCANNED]):
            found.append((word, kind, at))
            at += len(word)
        return tuple(found)

    @cached_property
    def places(self) -> Counter[str]:
        """Places named, with how often; two words make one where a level follows."""
        found: Counter[str] = Counter()
        before = ""
        for word, kind, _at in self.tokens:
            if kind == "ns" and is_place(word):
                found[word] += 2
            elif word in LEVELS and kind != "x" and is_place(before + word):
                found[before + word] += 1
            before = word if _WORD.fullmatch(word) and kind[0] not in _NO_STEM else ""
        return found

    @cached_property
    def levels(self) -> Counter[str]:
        """How strongly the text speaks of each level as its own."""
        found: Counter[str] = Counter()
        for match in _OWN.finditer(self.text[:SCANNED]):
            found[match["level"]] += {"我": 4, "全": 2, "本": 3}[match["we"]]
        for match in _ABOVE.finditer(self.text[:SCANNED]):
            found[match["level"]] += 1
        return found

    @cached_property
    def says_we_of_department(self) -> int:
        return len(_DEPARTMENT.findall(self.text, 0, SCANNED))

    @cached_property
    def says_we_of_place(self) -> int:
        return len(_PLACE.findall(self.text, 0, SCANNED))

    @property
    def speaks_for_department(self) -> bool:
        return self.says_we_of_department > 2 * self.says_we_of_place

    def speaks_for_place_over(self, weight: float) -> bool:
        """Whether "we" is the place, against a department of that weight."""
        return self.says_we_of_place > self.says_we_of_department + weight / 2

    def level(self) -> str:
        return max(self.levels, key=self.levels.__getitem__, default="")

    def place_at(self, level: str) -> str:
        """The place of that level that the text names most, or ""."""
        named = Counter(
            {name: n for name, n in self.places.items() if level_of(name) == level}
        )
        # 某市 also counts where the text gives only its stem: 某政府信息公开网.
        for name in named:
            named[name] += self.text.count(name[: -len(level)], 0, SCANNED)
        return max(named, key=lambda name: (named[name], len(name)), default="")
