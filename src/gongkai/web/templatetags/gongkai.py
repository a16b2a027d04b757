"""Filters and tags that every app's templates use: ``{% load gongkai %}``."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from gongkai.web import bundles
from gongkai.web.display import LANGUAGE_PARAMETER
from gongkai.web.icons import PATHS

register = template.Library()

NOTHING = "—"


# Dates


def _day(value: date | datetime) -> date:
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if value.tzinfo else value.date()


_WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


def _weekday(day: date) -> str:
    return str(_WEEKDAYS[day.weekday()])


@register.filter
def date_long(value: date | datetime | None) -> str:
    """``2026-11-23``, in Asia/Shanghai for a moment."""
    return _day(value).isoformat() if value else NOTHING


@register.filter
def moment_long(value: datetime | None) -> str:
    """``2026-11-23 10:32``, in Asia/Shanghai."""
    if not value:
        return NOTHING
    local = timezone.localtime(value) if value.tzinfo else value
    return local.strftime("%Y-%m-%d %H:%M")


@register.filter
def date_list(value: date | datetime | None) -> str:
    """``11-23 (周一)``; a day of another year keeps its year."""
    if not value:
        return NOTHING
    day = _day(value)
    short = day.isoformat() if day.year != timezone.localdate().year else f"{day:%m-%d}"
    return f"{short} ({_weekday(day)})"


@register.simple_tag
def date_cell(value: date | datetime | None) -> str | SafeString:
    """A ``<time>`` as lists show it; the full date on hover and on paper."""
    if not value:
        return NOTHING
    full = date_long(value)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', full, full, date_list(value)
    )


# Numbers and codes


@register.filter
def thousands(value: int | Decimal | float | str | None) -> str:
    """``1,036``; decimals are kept as they are, nothing becomes a dash."""
    if value is None or value == "":
        return NOTHING
    return f"{value:,}" if isinstance(value, int | Decimal | float) else str(value)


@register.filter
def filesize_zh(size: int | str | None) -> str:
    """Size in bytes as ``512 字节``, ``38 KB``, ``1.2 MB`` (steps of 1,024)."""
    if size is None or isinstance(size, str):
        return NOTHING
    if size < 1024:
        return _("%(size)s bytes") % {"size": size}
    value = size / 1024
    for unit in ("KB", "MB"):
        if value < 1024:
            return f"{value:.0f} {unit}" if value >= 10 else f"{value:.1f} {unit}"
        value /= 1024
    return f"{value:.1f} GB"


@register.filter
def short_hash(value: str | None) -> str:
    """``7f3a…c21``: enough to compare by eye; the whole stands in the title."""
    if not value:
        return NOTHING
    return value if len(value) <= 9 else f"{value[:4]}…{value[-3:]}"


# Addresses


def _query(context: Context) -> QueryDict:
    request: HttpRequest | None = context.get("request")
    return request.GET.copy() if request else QueryDict(mutable=True)


@register.simple_tag(takes_context=True)
def qs_replace(context: Context, **changes: object) -> str:
    """This page's query with some parameters changed; None or "" removes one."""
    query = _query(context)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def active_nav(context: Context, prefix: str) -> str | SafeString:
    """``aria-current="page"`` where this page's path begins with ``prefix``."""
    request: HttpRequest | None = context.get("request")
    if request is None or not request.path.startswith(prefix):
        return ""
    return SafeString('aria-current="page"')


@register.simple_tag(takes_context=True)
def display_url(context: Context, **choice: str) -> str:
    """Address that keeps the choice (``type=`` or ``lang=``) and comes back here."""
    query = _query(context)
    # The parameter would win over the cookie that the choice is about to set.
    query.pop(LANGUAGE_PARAMETER, None)
    request: HttpRequest | None = context.get("request")
    path = request.path if request else "/"
    back = f"{path}?{query.urlencode()}" if query else path
    return f"{reverse('web:display')}?{urlencode({**choice, 'next': back})}"


@register.simple_tag(takes_context=True)
def sort_link(context: Context, key: str, current: str = "") -> dict[str, str]:
    """``url`` that sorts by ``key`` (again: the other way), ``state``, ``icon``.

    ``current`` is the order in force, such as ``-received_on``.
    """
    state = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    after = f"-{key}" if state == "ascending" else key
    return {
        "url": qs_replace(context, sort=after, page=None),
        "state": state,
        "icon": {"ascending": "up", "descending": "down"}.get(state, "sort"),
    }


@register.simple_tag
def page_numbers(page: Page[Any]) -> Iterable[int | str]:
    """Page numbers to show; a gap is the paginator's ellipsis."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


# Parts


@register.simple_tag
def stylesheet(name: str) -> SafeString:
    """The one ``<link>`` of a page; names stand in gongkai.web.bundles."""
    return format_html(
        '<link rel="stylesheet" href="{}">', static(bundles.static_path(name))
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """A sign beside a word; hidden from screen readers, which hear the word."""
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        PATHS[name],
    )


@register.inclusion_tag("web/_due_badge.html")
def due_badge(
    due_on: date | None, days_left: int | None, *, stopped: bool = False
) -> dict[str, object]:
    """``days_left`` counts working days; 0 is today, below that is overdue.

    ``stopped`` is told where no days are."""
    state, sign, word = _due_words(days_left, stopped)
    return {"due_on": due_on, "state": state, "sign": sign, "word": word}


def _due_words(days_left: int | None, stopped: bool) -> tuple[str, str, str]:
    if stopped and days_left is None:
        return "", "pause", _("Clock stopped")
    if days_left is None:
        return "", "clock", _("No deadline")
    if days_left < 0:
        return "bad", "bad", _("Working days overdue: %(days)s") % {"days": -days_left}
    if days_left == 0:
        return "warn", "warn", _("Due today")
    left = _("Working days left: %(days)s") % {"days": days_left}
    return ("warn", "warn", left) if days_left <= 3 else ("", "clock", left)


@register.inclusion_tag("web/_clock.html")
def clock(segments: Iterable[Mapping[str, Any]], summary: str) -> dict[str, object]:
    """A bar of ``{kind, days, label}``; kind: run, pause, extension, left, over."""
    at = 0
    bars: list[dict[str, Any]] = []
    for segment in segments:
        bars.append({**segment, "at": at})
        at += segment["days"]
    return {"bars": bars, "total": max(at, 1), "summary": summary}


@register.filter
def error_target(field: BoundField) -> str:
    """Id of the first control, for the error summary's link."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def is_choices(field: BoundField) -> bool:
    """Whether the control is a group of radio buttons or check boxes."""
    return field.use_fieldset


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the control is one check box, whose label stands after it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and (
        not field.use_fieldset
    )
