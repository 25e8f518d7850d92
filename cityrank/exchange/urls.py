"""Files of the office. They lie below the admin, so that whoever asks for them is asked for all that it asks for."""

from django.contrib import admin
from django.urls import path

from cityrank.exchange.admin_export import export_list

app_name = "export"

urlpatterns = [
    path(
        f"<slug:app>/<slug:model>.{suffix}",
        admin.site.admin_view(export_list),
        {"suffix": suffix},
        name=suffix,
    )
    for suffix in ("csv", "xlsx")
]
