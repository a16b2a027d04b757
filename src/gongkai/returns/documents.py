"""Form files as strict YAML: every scalar is text, no word stands twice.

Text throughout keeps codes such as 1.1 from turning into numbers.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml

from gongkai.returns.exceptions import FormError


class _StrictLoader(yaml.BaseLoader):
    """BaseLoader keeps the last of two equal keys; here the second is refused."""

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            word = str(key_node.value)
            if word in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"重复的键 {word}", problem_mark=key_node.start_mark
                )
            seen.add(word)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


class Entry:
    """One mapping of a form file, read word by word; refuses unknown words."""

    def __init__(
        self, data: object, *, file: str, where: str, words: Collection[str]
    ) -> None:
        self.file = file
        self.where = where
        self._data = self._mapping(data)
        for word in self._data:
            if word not in words:
                raise self.error(f"不认识“{word}”", f"可用的有 {'、'.join(words)}")

    def _mapping(self, data: object) -> Mapping[str, object]:
        if not isinstance(data, dict):
            raise self.error("应为键值对", "写成“键: 值”的形式")
        return data

    def __contains__(self, word: str) -> bool:
        return word in self._data

    def error(self, problem: str, remedy: str) -> FormError:
        return FormError(
            file=self.file, key=self.where, problem=f" {problem}", remedy=remedy
        )

    def text(self, word: str, default: str = "") -> str:
        value = self._data.get(word, default)
        if not isinstance(value, str):
            raise self.error(f"的 {word} 应为文字", "写成一行文字，必要时加引号")
        return value

    def required(self, word: str) -> str:
        if not self.text(word):
            raise self.error(f"缺少 {word}", f"补上 {word}")
        return self.text(word)

    def number(self, word: str) -> int | None:
        text = self.text(word)
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            raise self.error(f"的 {word} 不是整数", "写成整数，例如 2014")
        return int(text)

    def flag(self, word: str) -> bool:
        text = self.text(word, "false")
        if text not in {"true", "false"}:
            raise self.error(f"的 {word} 不是 true 或 false", "写 true，或删去")
        return text == "true"

    def items(self, word: str) -> list[object]:
        value = self._data.get(word, [])
        if not isinstance(value, list):
            raise self.error(f"的 {word} 应为列表", "每项一行，以“- ”开头")
        return value

    def texts(self, word: str) -> tuple[str, ...]:
        values = self.items(word)
        if not all(isinstance(value, str) for value in values):
            raise self.error(f"的 {word} 应为文字的列表", "每项写一行文字")
        return tuple(str(value) for value in values)

    def pairs(self, word: str) -> Mapping[str, str]:
        entry = self.entry(word, None)
        return {key: entry.required(key) for key in entry._data}

    def entry(self, word: str, words: Collection[str] | None) -> "Entry":
        """The mapping under ``word``, empty where absent; None allows any words."""
        data = self._data.get(word, {})
        allowed = data if words is None and isinstance(data, dict) else words or ()
        return Entry(
            data, file=self.file, where=f"{self.where} {word}".strip(), words=allowed
        )


def read_document(path: Path, words: Collection[str]) -> Entry:
    """Raises FormError where the file is not UTF-8, not YAML, or no mapping."""
    try:
        loader = _StrictLoader(path.read_text("utf-8"))
        data = loader.get_single_data()
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise FormError(
            file=path.name,
            key=path.stem,
            problem=f" 不能读取：{' '.join(str(problem).split())}",
            remedy="文件须为 UTF-8 编码的 YAML，同一处的键不得重复",
        ) from problem
    return Entry(data, file=path.name, where=path.stem, words=words)
