from django.apps import AppConfig


class WebConfig(AppConfig):
    """Base templates, tokens and components; no model, no rule, no query."""

    name = "gongkai.web"
    label = "web"
