"""A stranger who follows every link of the public site."""

import re
from dataclasses import dataclass
from html import unescape

from django.test import Client
from django.urls import reverse

MOST_PAGES = 300
_LINK = re.compile(r'(?:href="|<loc>http://testserver)(/[^"#<]*)')
_LEFT_OUT = ("/static/", "/display/", "/account/", "/console/")


@dataclass(frozen=True)
class Seen:
    address: str
    status: int
    text: str
    found_on: str


def walk(client: Client) -> list[Seen]:
    """Every page and file that links lead to, from the home and the sitemap."""
    waiting = {reverse("portal:home"): "", reverse("portal:sitemap"): ""}
    known, seen = set(waiting), list[Seen]()
    while waiting and len(seen) < MOST_PAGES:
        address, found_on = waiting.popitem()
        answer = client.get(address)
        text = answer.getvalue().decode(errors="replace")
        text += answer.headers.get("Location", "")
        seen.append(Seen(address, answer.status_code, text, found_on))
        links = {unescape(link) for link in _LINK.findall(text)} - known
        links = {link for link in links if not link.startswith(_LEFT_OUT)}
        known |= links
        waiting |= dict.fromkeys(links, address)
    return seen
