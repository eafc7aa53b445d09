"""The WSGI application that the web workers serve."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careloom.config.settings")
application = get_wsgi_application()

# Only now are the apps there to be loaded.
from careloom.config.warming import warm  # noqa: E402

warm()
