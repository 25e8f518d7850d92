"""Where a value was read."""

import hashlib
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from awards.models.base import ReleaseContent
from awards.models.editions import Release
from awards.querysets import ContentQuerySet
from awards.scans import BadScan, clean_scan
from cityrank.registry.texts import Localised


class Cleaned(ContentFile):
    """The content of a file that `clean_scan` has made anew."""


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
        help_text=_("A picture (PNG or JPEG), a PDF or plain text, up to 20 MB."),
    )
    sha256 = models.CharField(max_length=64, editable=False, blank=True)
    media_type = models.CharField(_("type of the file"), max_length=40, editable=False, blank=True)
    page_count = models.PositiveSmallIntegerField(_("pages"), editable=False, default=1)
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

    def clean(self) -> None:
        super().clean()
        try:
            self.take_clean()
        except BadScan as bad:
            raise ValidationError({"file": str(bad)}) from bad

    def take_clean(self) -> None:
        """Put in place of an uploaded file what may be kept of it. Raises `BadScan`."""
        # Not committed is what Django calls a file that was uploaded and not stored yet.
        if not self.file or getattr(self.file, "_committed", True) or isinstance(self.file.file, Cleaned):
            return
        scan = clean_scan(self.file.file, Path(self.file.name or "").name[:80])
        self.media_type, self.page_count = scan.media_type, scan.page_count
        self.sha256 = hashlib.sha256(scan.content).hexdigest()
        # A name of ours: the one that was sent may be anything.
        self.file = Cleaned(scan.content, name=f"{uuid4().hex}{scan.suffix}")

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Here and not only in the form: no program stores a file as it came.
        self.take_clean()
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
