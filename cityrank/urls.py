"""All addresses. Pages live under their language (English below /en/); the API speaks both at once."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from cityrank.pages import sitemaps
from cityrank.pages.views import embeds

urlpatterns = [
    path("api/", include("cityrank.api.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    # Named by the pages of others, in any language.
    path("embed.js", embeds.script, name="embed-script"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_part, name="sitemap-part"),
    *i18n_patterns(
        path("admin/account/", include("cityrank.accounts.urls")),
        path("admin/preview/", include("cityrank.pages.previews")),
        path("admin/export/", include("cityrank.exchange.urls")),
        path("admin/", admin.site.urls),
        path("", include("cityrank.pages.urls")),
        prefix_default_language=False,
    ),
]

handler404 = "cityrank.pages.views.errors.not_found"
handler500 = "cityrank.pages.views.errors.server_error"
