"""Numbers of remedies: gapless per agency, kind of register and year."""

from datetime import datetime

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.registry.counters import next_number
from gongkai.remedies.choices import Kind

REGISTERS = {
    Kind.RECONSIDERATION: "FY",
    Kind.DIRECT_SUIT: "SS",
    Kind.SUIT_AFTER: "SS",
    Kind.COMPLAINT: "TS",
}
"""复议, 诉讼, 投诉: the registers that offices keep apart."""


def next_number_of(agency: Agency, kind: str, now: datetime) -> str:
    """Taken in the transaction of the registration."""
    register, year = REGISTERS[Kind(kind)], timezone.localtime(now).year
    serial = next_number(f"remedy:{agency.pk}:{register}:{year}")
    return f"{agency.slug.upper()}-{register}-{year}-{serial:04}"
