from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai import search
from gongkai.search.sources import sources


class Command(BaseCommand):
    help = "Put every public record into the search index again, and nothing else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", nargs="*", help="kinds of record; all by default")
        parser.add_argument(
            "--empty",
            action="store_true",
            help="empty the index first, as a damaged one needs; search has gaps then",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        known = sources()
        kinds = options["kind"] or sorted(known)
        if unknown := sorted(set(kinds) - set(known)):
            raise CommandError(
                f"No such kind: {', '.join(unknown)}. There are {', '.join(known)}."
            )
        for kind in kinds:
            if options["empty"]:
                search.clear(kind)
            put, removed = search.rebuild(known[kind])
            self.stdout.write(f"{kind}: {put} put, {removed} removed")
