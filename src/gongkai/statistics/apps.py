from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "gongkai.statistics"
    label = "statistics"
    append_only = ("Entry", "Override", "Explanation", "FilingCell", "Remark")
