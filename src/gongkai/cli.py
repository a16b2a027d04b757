"""The ``gongkai`` command: our own words first, then Django's management commands.

Words that need no database load neither Django nor the settings, so that they work
for somebody who has only the package.
"""

import ast
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from gongkai import demo_site
from gongkai.environment import BadEnvironment

PACKAGE = Path(__file__).resolve().parent
BAD_INPUT = 2


@dataclass(frozen=True)
class Word:
    """A command of ours: ``main(arguments) -> int`` in ``module`` carries it out."""

    module: str
    help: str


WITHOUT_DATABASE = {
    "check_form": Word(
        "gongkai.returns.cli", "list the official forms, or check figures against one"
    ),
    "deadline": Word(
        "gongkai.law.cli", "the last day to answer a request, and how it is reached"
    ),
    "analyse": Word(
        "gongkai.reportreader.cli", "read annual reports: figures and contradictions"
    ),
    "verify_archive": Word(
        "gongkai.applications.archiving.verifying",
        "check the archive of a case by its own hashes",
    ),
}
SITE = {
    "serve": Word("gongkai.serve", "run the site: web server and worker"),
    "demo": Word("gongkai.demo_site", "make and run the demo county"),
}


def main(arguments: list[str] | None = None) -> int:
    """Exit code of the command line ``arguments`` (default: that of the process)."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words or words[0] in {"help", "--help", "-h"} and len(words) == 1:
        sys.stdout.write(overview())
        return 0
    own = (WITHOUT_DATABASE | SITE).get(words[0])
    if own is not None:
        return int(import_module(own.module).main(words[1:]))
    return _manage(words)


def overview() -> str:
    """What `gongkai --help` prints."""
    parts = [
        ("Without a database", _helps(WITHOUT_DATABASE)),
        ("The site", _helps(SITE)),
        ("Its records", sorted(_management_commands())),
    ]
    lines = ["Usage: gongkai COMMAND [OPTIONS]    (COMMAND --help tells more)"]
    for title, commands in parts:
        lines += ["", f"{title}:"]
        lines += [f"  {name:<21} {text}" for name, text in commands]
    lines += ["", "Django's own commands work too: migrate, check, axes_reset ..."]
    return "\n".join(lines) + "\n"


def _manage(words: list[str]) -> int:
    demo_site.adopt_if_nothing_is_set()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["gongkai", *words])
    except BadEnvironment as error:
        sys.stderr.write(f"gongkai: {error}\n")
        return BAD_INPUT
    return 0


def _helps(words: dict[str, Word]) -> list[tuple[str, str]]:
    return [(name, word.help) for name, word in words.items()]


def _management_commands() -> Iterator[tuple[str, str]]:
    """(name, help) of each app's commands, read from their source: no settings yet."""
    for path in PACKAGE.glob("*/management/commands/[a-z]*.py"):
        yield path.stem, _help_in(path.read_text(encoding="utf-8"))


def _help_in(source: str) -> str:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Assign(
                targets=[ast.Name(id="help")], value=ast.Constant(value=str(text))
            ):
                return text
    return ""
