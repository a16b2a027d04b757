"""Data files as strict YAML: every scalar is text, no word stands twice."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from gongkai.law.exceptions import DataError


class _StrictLoader(yaml.BaseLoader):
    """BaseLoader keeps the last of two equal keys; here the second is refused."""

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Any, Any]:
        keys = [str(key.value) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(problem=f"重复的键 {key}")
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


class Entry:
    """One mapping of a data file, read word by word; refuses unknown words."""

    def __init__(
        self, data: object, *, file: str, where: str, words: Collection[str] | None
    ) -> None:
        self.file = file
        self.where = where
        if not isinstance(data, dict):
            raise self.error("应为键值对", "写成“键: 值”的形式")
        self._data: Mapping[str, object] = data
        for word in data:
            if words is not None and word not in words:
                raise self.error(f"不认识“{word}”", f"可用的有 {'、'.join(words)}")

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self._data)

    def __contains__(self, word: str) -> bool:
        return word in self._data

    def error(self, problem: str, remedy: str) -> DataError:
        return DataError(file=self.file, key=self.where, problem=problem, remedy=remedy)

    def text(self, word: str, default: str = "") -> str:
        value = self._data.get(word, default)
        if not isinstance(value, str):
            raise self.error(f"的 {word} 应为文字", "写成一行文字，必要时加引号")
        return value

    def required(self, word: str) -> str:
        text = self.text(word)
        if not text:
            raise self.error(f"缺少 {word}", f"补上 {word}")
        return text

    def choice(self, word: str, choices: Collection[str]) -> str:
        text = self.required(word)
        if text not in choices:
            raise self.error(f"的 {word} 不能是 {text}", f"可用 {'、'.join(choices)}")
        return text

    def number(self, word: str) -> int | None:
        text = self.text(word)
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            raise self.error(f"的 {word} 不是整数", "写成整数，例如 20")
        return int(text)

    def yuan(self, word: str) -> Decimal:
        text = self.required(word)
        try:
            return Decimal(text).quantize(Decimal("0.01"))
        except InvalidOperation as problem:
            raise self.error(f"的 {word} 不是金额", "写成元，例如 100") from problem

    def flag(self, word: str) -> bool:
        return word in self and self.choice(word, ("true", "false")) == "true"

    def day(self, word: str) -> date | None:
        text = self.text(word)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as problem:
            raise self.error(
                f"的 {word} 不是日期", "写成 2019-05-15 的形式"
            ) from problem

    def required_day(self, word: str) -> date:
        day = self.day(word)
        if day is None:
            raise self.error(f"缺少 {word}", f"补上 {word}，例如 2019-05-15")
        return day

    def texts(self, word: str) -> tuple[str, ...]:
        value = self._data.get(word, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.error(f"的 {word} 应为文字的列表", "每项写一行文字")
        return tuple(value)

    def entry(self, word: str, words: Collection[str] | None) -> "Entry":
        """The mapping under ``word``, empty where absent; None allows any words."""
        data = self._data.get(word, {})
        return Entry(data, file=self.file, where=f"{self.where} {word}", words=words)

    def entries(self, word: str, words: Collection[str]) -> Iterator["Entry"]:
        value = self._data.get(word, [])
        if not isinstance(value, list):
            raise self.error(f"的 {word} 应为列表", "每项一行，以“- ”开头")
        for number, item in enumerate(value, start=1):
            where = f"{self.where} {word} {number}"
            yield Entry(item, file=self.file, where=where, words=words)


def read_document(path: Path, words: Collection[str] | None) -> Entry:
    """Raises DataError where the file is not UTF-8, not YAML, or no mapping."""
    try:
        data = _StrictLoader(path.read_text("utf-8")).get_single_data()
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as problem:
        raise DataError(
            file=path.name,
            key=path.stem,
            problem=f" 不能读取：{' '.join(str(problem).split())}",
            remedy="文件须为 UTF-8 编码的 YAML，同一处的键不得重复",
        ) from problem
    return Entry(data, file=path.name, where=path.stem, words=words)
