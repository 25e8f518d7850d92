"""The project's settings, with what is measured against."""

from cityrank.settings import *  # noqa: F403
from cityrank.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "import_export"]
