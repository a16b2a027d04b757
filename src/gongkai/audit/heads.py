"""Heads of the chains, copied to a file outside the database.

Whoever restores an older database, or cuts a chain's end, cannot make this file agree.
"""

import json
import os
from pathlib import Path

from django.conf import settings

from gongkai.audit.models import Chain


def copy_heads() -> int:
    """Append the heads that moved since the last copy; returns how many."""
    known = read_heads()
    moved = [
        chain
        for chain in Chain.objects.filter(seq__gt=0).order_by("pk")
        if known.get(chain.pk, (0, ""))[0] < chain.seq
    ]
    if moved:
        _append(settings.AUDIT_HEADS_FILE, moved)
    return len(moved)


def read_heads() -> dict[int, tuple[int, str]]:
    """The newest copied head of each chain: agency id → (seq, mac)."""
    return {agency: max(copies.items()) for agency, copies in read_copies().items()}


def read_copies() -> dict[int, dict[int, str]]:
    """Every head that was ever copied: agency id → seq → mac.

    A line that a power cut tore says nothing and is passed over.
    """
    copies: dict[int, dict[int, str]] = {}
    if not settings.AUDIT_HEADS_FILE.exists():
        return copies
    with settings.AUDIT_HEADS_FILE.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                row = json.loads(line)
                copies.setdefault(row["agency"], {})[row["seq"]] = row["head"]
            except (ValueError, KeyError, TypeError):
                continue
    return copies


def _append(path: Path, chains: list[Chain]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        # Apart from a line that a power cut tore.
        if _is_torn(path):
            file.write("\n")
        for chain in chains:
            row = {"agency": chain.pk, "seq": chain.seq, "head": chain.head}
            file.write(json.dumps(row) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _is_torn(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read() != b"\n"
