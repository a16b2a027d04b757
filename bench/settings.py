"""The site's own settings, and one more address: bytes that are ready."""

from gongkai.settings import *  # noqa: F403 - the settings that are measured

ROOT_URLCONF = "bench.urls"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
