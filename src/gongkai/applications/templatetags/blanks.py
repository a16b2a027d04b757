import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

WIDE = 10


@register.filter
def blanks(line: str) -> SafeString:
    """Each run of ＿ as a blank to write on."""
    parts = re.split("(＿+)", line)
    return format_html_join("", "{}", ((_part(part),) for part in parts))


def _part(part: str) -> str | SafeString:
    if not part.startswith("＿"):
        return part
    size = "wide" if len(part) > WIDE else "short" if len(part) < 4 else ""
    return format_html('<span class="blank {}"></span>', size)
