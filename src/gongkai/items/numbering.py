"""Index numbers: made from the agency's own template, gapless in its period, unique."""

import re
from datetime import datetime

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.registry.counters import next_number


def next_index_no(agency: Agency, now: datetime) -> str:
    """The agency's next number, in the year (or month) of Asia/Shanghai.

    Taken inside the transaction of the first publication, so that a rollback leaves
    no gap. Real numbers look like 11370303004217100M/2018-13750 or
    11341702486344515H/202110-00013; the template is the agency's own.
    """
    local = timezone.localtime(now)
    fields = {
        "code": agency.code,
        "organ": agency.uscc[8:17] or agency.code,
        "year": f"{local.year:04}",
        "month": f"{local.month:02}",
    }
    # Whatever the template prints besides the serial is the period of its serials.
    period = re.sub(r"\{serial[^}]*\}", "", agency.index_template).format(**fields)
    serial = next_number(f"index:{agency.pk}:{period}")
    return agency.index_template.format(**fields, serial=serial)
