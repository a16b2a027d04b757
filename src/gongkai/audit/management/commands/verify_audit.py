from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from gongkai.audit import guards
from gongkai.audit.models import Event
from gongkai.audit.verifying import verify


class Command(BaseCommand):
    help = "Read every audit chain back and name each edit, gap, swap or cut."

    def handle(self, *args: Any, **options: Any) -> None:
        problems = [str(found) for found in verify()]
        problems += [f"guard {name} is missing" for name in guards.missing(connection)]
        if not settings.AUDIT_HEADS_FILE.exists():
            self.stderr.write(
                f"There is no copy of the heads in {settings.AUDIT_HEADS_FILE}: an end "
                "that was cut off together with its head cannot be noticed."
            )
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} problem(s) found", returncode=1)
        self.stdout.write(f"{Event.objects.count()} events verified, no break found")
