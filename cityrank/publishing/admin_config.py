"""The admin as Django finds it: the site of CityRank instead of the library's own."""

from django.contrib.admin.apps import AdminConfig


class CityRankAdminConfig(AdminConfig):
    default_site = "cityrank.publishing.admin_site.CityRankSite"
