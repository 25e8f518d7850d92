"""ASGI entry point, for hosts that offer nothing else; every view is synchronous, so prefer wsgi.py."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cityrank.settings")
application = get_asgi_application()
