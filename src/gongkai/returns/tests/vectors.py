"""Filled forms that are known to hold, as keys and figures."""

from decimal import Decimal

from gongkai.returns import Form
from gongkai.returns.checking import Figure


def seed_003(form: Form) -> dict[str, Figure]:
    """六盘水市水库和生态移民局, 2016: rows not named here were filled with zero."""
    zeros: dict[str, Figure] = {str(row.key): 0 for row in form.figures}
    return zeros | {
        "proactive_total": 645,
        "channel_total": 976,
        "channel_website": 927,
        "channel_weibo": 12,
        "channel_wechat": 37,
        "response_total": 19,
        "responses": 2,
        "response_channel_total": 17,
        "press_conferences": 1,
        "press_conferences_by_head": 1,
        "interpretations": 14,
        "weibo_wechat_responses": 1,
        "other_responses": 1,
        "applications_section": 1,
        "applications_received": 1,
        "applications_by_network": 1,
        "applications_closed": 1,
        "closed_on_time": 1,
        "applications_replied": 1,
        "granted": 1,
        "dedicated_bodies": 1,
        "reading_points": 1,
        "staff_total": 1,
        "parttime_staff": 1,
        "funds_yuan": Decimal(20000),
        "meetings": 2,
        "trainings": 2,
        "trainees": 6,
    }


# 2025, natural persons: the results in the order of the form's rows.
RESULTS_2025 = (
    *(5345, 2120),
    *(13, 30, 11, 49, 103, 84, 282, 147),
    *(3075, 177, 19),
    *(199, 147, 0, 100, 5),
    *(315, 202, 941),
)
