"""Files in and out, as pages of the admin."""

from django.contrib import admin

from cityrank.exchange.admin_bulletins import BulletinReadingAdmin
from cityrank.exchange.admin_imports import ImportAdmin
from cityrank.exchange.models import BulletinReading, Import

admin.site.register(BulletinReading, BulletinReadingAdmin)
admin.site.register(Import, ImportAdmin)
