from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.items.importing import NotRecognised, import_report
from gongkai.reportreader import ReadingError


class Command(BaseCommand):
    help = "Take annual reports over as published, vouched items. Asks nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        failed = sum(not self._import(path) for path in files)
        if failed:
            message = f"{failed} of {len(files)} file(s) were not imported."
            raise CommandError(message, returncode=2)

    def _import(self, path: Path) -> bool:
        try:
            done = import_report(path.read_bytes(), path.name)
        except (OSError, ReadingError, NotRecognised) as error:
            self.stderr.write(f"{path}: {error}")
            return False
        state = "imported" if done.is_new else "already there"
        self.stdout.write(
            f"{path.name}: {state}: {done.agency.name}, {done.year}, "
            f"{done.item.published_on}, {done.item.get_absolute_url()}"
        )
        return True
