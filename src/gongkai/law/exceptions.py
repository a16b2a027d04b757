"""What can go wrong with the law's data, or with what it is asked to count."""

from collections.abc import Iterable
from datetime import date


class LawError(Exception):
    """Anything that this package refuses; the message says what to do."""


class DataError(LawError):
    """A data file that cannot be used: which file, what in it, what to do."""

    def __init__(self, *, file: str, key: str, problem: str, remedy: str) -> None:
        self.file = file
        self.key = key
        super().__init__(f"{file}：“{key}”{problem}。{remedy}。")


class _Unknown(LawError):
    what = ""

    def __init__(self, name: object, known: Iterable[str]) -> None:
        self.name = str(name)
        self.known = tuple(known)
        choices = "、".join(self.known)
        super().__init__(f"没有名为 {self.name} 的{self.what}。现有：{choices}。")


class UnknownRegime(_Unknown):
    """No regime of that name, or none in force on that day."""

    what = "条例版本"


class NoRegime(UnknownRegime):
    """No regime was in force on that day; ``name`` is the day."""

    def __init__(self, day: date, known: Iterable[str]) -> None:
        super().__init__(day.isoformat(), known)
        choices = "、".join(self.known)
        self.args = (f"{day} 没有施行中的条例。请改正日期，或写明版本：{choices}。",)


class UnknownChannel(_Unknown):
    """The regime has no start rule for such a channel."""

    what = "申请渠道"


class UnknownTerm(_Unknown):
    """The regime sets no term of that key."""

    what = "期限"


class UnknownResult(_Unknown):
    """The regime has no result of that code."""

    what = "办理结果"


class BadNumber(LawError):
    """A number that no fee or term can be counted from."""

    def __init__(self, field: str, value: object, remedy: str) -> None:
        self.field = field
        self.value = value
        super().__init__(f"{field} 的值 {value!r} 不能用。{remedy}。")
