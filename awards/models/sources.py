"""Where a value was read."""

import hashlib
from typing import Any

from django.core.validators import FileExtensionValidator, MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from awards.models.base import ReleaseContent
from awards.models.editions import Release
from awards.querysets import ContentQuerySet
from cityrank.registry.texts import Localised


class Attachment(ReleaseContent):
    """A file a value was read from: the scan of a table, the bulletin as a document. Never served to the public."""

    release = models.ForeignKey(
        Release, models.CASCADE, related_name="attachments", verbose_name=_("release")
    )
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(
        _("file"),
        upload_to="attachments/%Y/",
        max_length=255,
        validators=[
            FileExtensionValidator(["png", "jpg", "jpeg", "pdf", "txt", "html", "docx", "xlsx", "csv"])
        ],
    )
    sha256 = models.CharField(max_length=64, editable=False, blank=True)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    history = HistoricalRecords()
    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["release", "title"]
        constraints = [
            models.UniqueConstraint(fields=["release", "file"], name="attachment_file_once_in_a_release")
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Not committed is what Django calls a file that was uploaded and not stored yet.
        if self.file and not getattr(self.file, "_committed", True):
            self.sha256 = hashlib.sha256(self.file.read()).hexdigest()
            self.file.seek(0)
        super().save(*args, **kwargs)


class Source(ReleaseContent):
    """A document, and the page of it, that printed figures were taken from, with who copied and who checked them."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="sources", verbose_name=_("release"))
    key = models.SlugField(_("identifier"), max_length=80)
    title_zh = models.CharField(_("Chinese title"), max_length=300)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)
    publisher_zh = models.CharField(_("publisher in Chinese"), max_length=200, blank=True)
    publisher_en = models.CharField(_("publisher in English"), max_length=200, blank=True)
    author = models.CharField(_("author"), max_length=120, blank=True)
    url = models.URLField(_("address"), blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    page = models.PositiveSmallIntegerField(
        _("page"), null=True, blank=True, validators=[MaxValueValidator(9999)]
    )
    attachment = models.ForeignKey(
        Attachment,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("attachment"),
    )
    transcriber = models.CharField(_("transcribed by"), max_length=120, blank=True)
    checker = models.CharField(_("checked by"), max_length=120, blank=True)
    note_zh = models.TextField(_("Chinese note"), blank=True)
    note_en = models.TextField(_("English note"), blank=True)

    title = Localised("title")
    publisher = Localised("publisher")
    note = Localised("note")
    history = HistoricalRecords()
    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["release", "key"]
        constraints = [
            models.UniqueConstraint(fields=["release", "key"], name="source_key_once_in_a_release")
        ]

    def __str__(self) -> str:
        return self.title
