"""Every page, feed and list of the portal on which a record may come up."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from gongkai.items.models import Item
from gongkai.items.public_outlets import names
from gongkai.registry.outlets import register_outlet

_ITEM_LINK = re.compile(r'href="(/i/[^"]+)"')
_SITEMAP_PAGE = re.compile(r"<loc>[^<]*?(/sitemap-\d+\.xml)</loc>")


def _read(client: Any, address: str, **query: str) -> str:
    tail = f"?{urlencode(query)}" if query else ""
    return str(client.get(address + tail).content.decode())


def _names(address: Callable[[Item], str], client: Any, item: Item) -> bool:
    return names(_read(client, address(item)), item)


def _home(item: Item) -> str:
    return reverse("portal:home")


def _feed(item: Item) -> str:
    return reverse("portal:feed")


def _agency(item: Item) -> str:
    return reverse("portal:agency", args=[item.agency.slug])


def _agency_feed(item: Item) -> str:
    return reverse("portal:agency-feed", args=[item.agency.slug])


def _column(item: Item) -> str:
    column = item.draft.column
    slug = column.slug if column else "statutory"
    return reverse("portal:column", args=[item.agency.slug, slug])


def _top_column(item: Item) -> str:
    """The list of the column above, which holds what lies in those below it."""
    column = item.draft.column
    top = column.parent if column and column.parent else column
    return reverse("portal:column", args=[item.agency.slug, top.slug if top else "-"])


def neighbours(client: Any, item: Item) -> bool:
    """On the pages of others in the same column: related, newer, older."""
    others = set(_ITEM_LINK.findall(_read(client, _column(item))))
    others.discard(item.get_absolute_url())
    return any(names(_read(client, address), item) for address in sorted(others))


def sitemap(client: Any, item: Item) -> bool:
    index = _read(client, reverse("portal:sitemap"))
    pages = _SITEMAP_PAGE.findall(index)
    return any(names(_read(client, address), item) for address in pages)


def _searched(words: Callable[[Item], Iterator[str]], client: Any, item: Item) -> bool:
    """Among the results, or by being sent to it. The page repeats what was asked, so
    only the address tells."""
    for asked in words(item):
        answer = client.get(reverse("portal:search"), {"q": asked})
        found = answer.headers.get("Location", "") + answer.content.decode()
        if item.get_absolute_url() in found:
            return True
    return False


def _by_words(item: Item) -> Iterator[str]:
    yield item.draft.title


def _by_number(item: Item) -> Iterator[str]:
    yield from filter(None, (item.index_no, item.draft.doc_no))


def browsing(client: Any, item: Item) -> bool:
    """The search without words, as its facets and the home pages link it."""
    search, slug = reverse("portal:search"), item.agency.slug
    narrowed: list[dict[str, str]] = [{}, {"agency": slug}, {"kind": item.draft.kind}]
    return any(names(_read(client, search, **query), item) for query in narrowed)


register_outlet("home", partial(_names, _home))
register_outlet("agency home", partial(_names, _agency))
register_outlet("column", partial(_names, _column))
register_outlet("column above", partial(_names, _top_column))
register_outlet("pages of its neighbours", neighbours)
register_outlet("feed", partial(_names, _feed))
register_outlet("agency feed", partial(_names, _agency_feed))
register_outlet("sitemap", sitemap)
register_outlet("search by words", partial(_searched, _by_words))
register_outlet("search by number", partial(_searched, _by_number))
register_outlet("search without words", browsing)
