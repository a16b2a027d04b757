"""The addresses of an item itself and of its files, as a stranger would ask them."""

from typing import Any
from weakref import WeakKeyDictionary

from django.urls import reverse
from django.utils.html import escape

from gongkai.items.models import DraftFile, Item, VersionFile
from gongkai.items.models.content import AttachedFile
from gongkai.registry.outlets import register_outlet

_validators: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()


def names(text: str, item: Item) -> bool:
    """Whether the text holds the item's address or its title, marked words or not."""
    plain = text.replace("<mark>", "").replace("</mark>", "")
    title = item.draft.title
    return item.get_absolute_url() in plain or bool(title and escape(title) in plain)


def page(client: Any, item: Item) -> bool:
    """A tombstone stands at the address and says no word of the item."""
    answer = client.get(item.get_absolute_url())
    text = answer.content.decode()
    return answer.status_code == 200 or escape(item.draft.title) in text


def page_by_id(client: Any, item: Item) -> bool:
    answer = client.get(reverse("items:item-by-id", args=[item.pk]), follow=True)
    return answer.status_code == 200 or names(answer.content.decode(), item)


def page_by_number(client: Any, item: Item) -> bool:
    """By its own number, or by the one that it had before an import."""
    numbers = filter(None, (item.index_no, item.legacy_index_no))
    addresses = [reverse("items:item", args=[number]) for number in numbers]
    answers = [client.get(address, follow=True) for address in addresses]
    return any(answer.status_code == 200 for answer in answers)


def held_page(client: Any, item: Item) -> bool:
    """A reader's own copy, shown again after asking with its validator."""
    return _still_good(client, item.get_absolute_url())


def files(client: Any, item: Item) -> bool:
    return True in [_is_given(client, one) for one in _file_addresses(item)]


def held_files(client: Any, item: Item) -> bool:
    return True in [_still_good(client, one) for one in _file_addresses(item)]


def _is_given(client: Any, address: str) -> bool:
    answer = client.get(address)
    answer.getvalue()  # read to its end, which closes the file
    return bool(answer.status_code == 200)


def _still_good(client: Any, address: str) -> bool:
    known = _validators.setdefault(client, {})
    headers = {"If-None-Match": known[address]} if address in known else {}
    answer = client.get(address, headers=headers)
    answer.getvalue()
    if answer.status_code == 200:
        known[address] = answer.headers["ETag"]
    return answer.status_code in {200, 304}


def _file_addresses(item: Item) -> list[str]:
    """Of the draft's and of every version's, whether public or not."""
    listed: list[AttachedFile] = [
        *DraftFile.objects.filter(draft__item=item),
        *VersionFile.objects.filter(version__item=item),
    ]
    found = {(file.public_id, file.name) for file in listed}
    return [reverse("files:file", args=pair) for pair in sorted(found)]


register_outlet("item page", page)
register_outlet("item page by id", page_by_id)
register_outlet("item page by number", page_by_number)
register_outlet("item page held by a reader", held_page)
register_outlet("file", files)
register_outlet("file held by a reader", held_files)
