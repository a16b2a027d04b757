"""What a reader could not do, in words for the clerk who sent the file."""

from dataclasses import dataclass

READER_FAULTS = (
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
    MemoryError,
    OSError,
)
"""What a malformed part makes a reader stumble over: not read, never a crash."""


@dataclass(frozen=True)
class Problem:
    """A part that was not read; ``where`` is empty for the file as a whole."""

    code: str
    message: str
    where: str = ""


class ReadingError(Exception):
    """The file cannot be read at all; the message says what is wrong and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def as_problem(self, where: str = "") -> Problem:
        return Problem(self.code, self.message, where)


def encrypted() -> ReadingError:
    return ReadingError(
        "encrypted", "文件设有打开密码，系统无法读取。请取消密码后重新上传。"
    )


def old_format() -> ReadingError:
    return ReadingError(
        "old_format",
        "这是旧版 Office 文件（.doc、.xls 等）。"
        "请在 Word、Excel 或 WPS 中另存为 .docx 或 .xlsx 后重新上传。",
    )


def broken() -> ReadingError:
    return ReadingError(
        "broken", "文件已损坏或不完整，无法打开。请重新保存或重新下载后再上传。"
    )


def too_large() -> ReadingError:
    return ReadingError(
        "too_large",
        "文件解开后的内容过大，系统没有继续读取。请压缩图片或拆分为几个文件后再上传。",
    )
