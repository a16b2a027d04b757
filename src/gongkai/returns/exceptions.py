"""What can go wrong with a form file or with the figures put into a form."""

from dataclasses import dataclass


class FormError(Exception):
    """A form file that cannot be used: which file, what in it, what to do."""

    def __init__(self, *, file: str, key: str, problem: str, remedy: str) -> None:
        self.file = file
        self.key = key
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{file}：“{key}”{problem}。{remedy}。")


class UnknownForm(FormError):
    """No file of that name in the directory of forms."""


@dataclass(frozen=True)
class ValueProblem:
    """A figure that cannot stand in its row, shown as it was given."""

    key: str
    name: str
    value: str
    problem: str
    remedy: str

    @property
    def message(self) -> str:
        field = f"{self.key}（{self.name}）" if self.name else self.key
        return f"{field} 的值 {self.value} {self.problem}。{self.remedy}。"


class BadValues(Exception):
    """Figures that were refused before any relation was judged."""

    def __init__(self, problems: tuple[ValueProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problem.message for problem in problems))
