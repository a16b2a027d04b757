"""Tables of figures as downloads."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

from gongkai.registry.cells import plain_cell


class _Echo:
    def write(self, line: str) -> str:
        return line


def csv_answer(rows: Iterable[list[str]], name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _lines(rows: Iterable[list[str]]) -> Iterator[str]:
    yield "\ufeff"
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([plain_cell(cell) for cell in row])
