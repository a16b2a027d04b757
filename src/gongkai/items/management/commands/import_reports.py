from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from gongkai.items.importing import NotRecognised, import_report
from gongkai.reportreader import ReadingError


class Command(BaseCommand):
    help = "Take annual reports over as published, vouched items. Asks nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        failed = sum(not self._import(path) for path in files)
        if failed:
            told = {"failed": failed, "all": len(files)}
            message = _("%(failed)s of %(all)s files were not imported.") % told
            raise CommandError(message, returncode=2)

    def _import(self, path: Path) -> bool:
        try:
            done = import_report(path.read_bytes(), path.name)
        except OSError as error:
            self.stderr.write(_cannot_read(path, error))
            return False
        except (ReadingError, NotRecognised) as error:
            self.stderr.write(str(error))
            return False
        state = _("imported") if done.is_new else _("already there")
        self.stdout.write(
            f"{path.name}: {state}: {done.agency.name}, {done.year}, "
            f"{done.item.published_on}, {done.item.get_absolute_url()}"
        )
        return True


def _cannot_read(path: Path, error: OSError) -> str:
    told = {"path": path}
    if isinstance(error, FileNotFoundError):
        return (
            _(
                "%(path)s: there is no such file. Check folder and name; a name with "
                "spaces goes in quotes."
            )
            % told
        )
    if isinstance(error, IsADirectoryError):
        return (
            _("%(path)s is a folder. Name the files in it, such as %(path)s/*.txt.")
            % told
        )
    if isinstance(error, PermissionError):
        return (
            _("%(path)s may not be read by this user. Change its permissions.") % told
        )
    return _("%(path)s cannot be read: %(reason)s.") % {
        **told,
        "reason": error.strerror,
    }
