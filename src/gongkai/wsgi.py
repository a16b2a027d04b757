"""The application that a WSGI server loads; it refuses an unsafe production start."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings")
application = get_wsgi_application()

from gongkai.safety import refuse_unsafe_start  # noqa: E402 - after the set-up

refuse_unsafe_start()
