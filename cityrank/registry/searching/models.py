"""The table of keys that search reads."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cityrank.registry.searching.querysets import SearchKeyQuerySet


class BytewiseText(models.CharField):
    """A short text that the database compares byte by byte, so that what begins alike lies in one range.

    SQLite does so anyway; on PostgreSQL it is the collation "C", whatever that of the database is.
    """

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        collation = {"collation": "C"} if connection.vendor == "postgresql" else {}
        return super().db_parameters(connection) | collation


class SearchKey(models.Model):
    """One of the keys of a subject; made by `writing`, never edited."""

    subject = models.ForeignKey(
        "registry.Subject", models.CASCADE, related_name="search_keys", verbose_name=_("subject")
    )
    key = BytewiseText(_("key"), max_length=81)
    sort = models.SmallIntegerField(_("sort"))
    core = models.SmallIntegerField(_("length of the stem"))
    weight = models.SmallIntegerField(_("weight"))
    # A copy of Place.from_gazetteer, as the gate asks for it with each of thousands of keys.
    listed = models.BooleanField(_("from the gazetteer"))

    objects = SearchKeyQuerySet.as_manager()

    class Meta:
        app_label = "registry"
        verbose_name = _("search key")
        verbose_name_plural = _("search keys")
        indexes = [
            # All columns that a search reads, so that it reads nothing but the index.
            models.Index(
                fields=["key", "sort", "core", "weight", "listed", "subject"],
                name="search_key_with_all_it_says",
            )
        ]

    def __str__(self) -> str:
        return self.key
