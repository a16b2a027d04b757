"""Where the figures of a published report may be met, as a stranger would ask."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from gongkai.items.models import Item
from gongkai.registry.outlets import register_outlet
from gongkai.reports.models import Reading


def _said_of(item: Item) -> Reading | None:
    """What was ever read of it, also where nothing of it is public."""
    return item.readings.filter(figures__isnull=False).order_by("-version").first()


def _indicator(reading: Reading) -> str:
    return reading.figures.order_by("series")[0].series


def _leads_to(client: Any, address: str, item: Item) -> bool:
    answer = client.get(address)
    return item.get_absolute_url() in answer.getvalue().decode()


def panel(client: Any, item: Item) -> bool:
    """The table on the report's own page."""
    answer = client.get(item.get_absolute_url())
    return reverse("figures:report", args=[item.pk]) in answer.content.decode()


def report(client: Any, item: Item) -> bool:
    return _is_given(client, reverse("figures:report", args=[item.pk]))


def report_table(client: Any, item: Item) -> bool:
    return _is_given(client, reverse("figures:report-table", args=[item.pk]))


def _is_given(client: Any, address: str) -> bool:
    answer = client.get(address)
    answer.getvalue()
    return bool(answer.status_code == 200)


def compared(client: Any, item: Item) -> bool:
    """Among all bodies, and in the file of the same question."""
    reading = _said_of(item)
    if reading is None:
        return False
    query = urlencode({"indicator": _indicator(reading)})
    addresses = [reverse("figures:compare"), reverse("figures:table")]
    return any(_leads_to(client, f"{one}?{query}", item) for one in addresses)


def of_body(client: Any, item: Item) -> bool:
    slug = item.agency.slug
    addresses = [
        reverse("figures:agency", args=[slug]),
        reverse("figures:agency-table", args=[slug]),
    ]
    return any(_leads_to(client, one, item) for one in addresses)


def drawn(client: Any, item: Item) -> bool:
    """The pictures: each tells figures, though it names no address."""
    reading = _said_of(item)
    if reading is None:
        return False
    query = urlencode({"indicator": _indicator(reading)})
    chart = reverse("figures:chart")
    own = reverse("figures:agency-chart", args=[item.agency.slug])
    return any(_is_given(client, f"{one}?{query}") for one in (chart, own))


register_outlet("figures on the report's page", panel)
register_outlet("figures of the report", report)
register_outlet("figures of the report as a file", report_table)
register_outlet("figures compared", compared)
register_outlet("figures of the body", of_body)
register_outlet("figures drawn", drawn)
