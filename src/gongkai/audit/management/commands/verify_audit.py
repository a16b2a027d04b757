from typing import Any

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
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} problem(s) found", returncode=1)
        self.stdout.write(f"{Event.objects.count()} events verified, no break found")
