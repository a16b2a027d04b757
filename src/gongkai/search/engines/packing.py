"""Tokens in little space, to be had back exactly, whoever cut them and how.

Pairs that overlap are written as one: 公开 开信 信息 as 公开信息. A longer token
that is no such chain has a sign before it.
"""

import zlib
from collections.abc import Iterable, Iterator

_LITERAL = "'"


def pack(tokens: Iterable[str]) -> bytes:
    """No token may be empty or hold a space."""
    return zlib.compress(" ".join(_chains(tokens)).encode(), 1)


def unpack(packed: bytes) -> list[str]:
    found: list[str] = []
    for chain in filter(None, zlib.decompress(packed).decode().split(" ")):
        if chain.startswith(_LITERAL):
            found.append(chain[1:])
        elif len(chain) < 3:
            found.append(chain)
        else:
            found += map(str.__add__, chain, chain[1:])
    return found


def _chains(tokens: Iterable[str]) -> Iterator[str]:
    chain = ""
    for token in tokens:
        if len(token) == 2 and len(chain) > 1 and chain[-1] == token[0]:
            chain += token[1]
            continue
        if chain:
            yield chain
        chain = token if len(token) == 2 and token[0] != _LITERAL else ""
        if not chain:
            yield f"{_LITERAL}{token}"
    if chain:
        yield chain
