from typing import Any

from django.core.management.base import BaseCommand

from gongkai.reports.corrections import Difference, measure
from gongkai.reports.indicators import name_of
from gongkai.reports.models import Reading

_KINDS = {"missed": "missed", "wrong": "wrong "}


class Command(BaseCommand):
    help = "Read the kept reports anew: precision, recall, and what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        found = measure(Reading.objects.all())
        for one in found.differences:
            self.stdout.write(_line(one))
        self.stdout.write(
            f"{found.reports} reports, {found.expected} figures that people accepted: "
            f"precision {_share(found.precision)}, recall {_share(found.recall)}"
        )


def _line(one: Difference) -> str:
    words = " ".join(one.stated.quote.split())[:60]
    told = f"{name_of(one.stated.indicator)} {one.stated.value.normalize():f}"
    return f"report {one.reading} {_KINDS[one.kind]} {told}: {words}"


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.4f}"
