"""What every row of a release has in common."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.querysets import ContentQuerySet

if TYPE_CHECKING:
    from awards.models.editions import Release


class ReleaseContent(models.Model):
    """A row that is part of exactly one release and can be changed only while that release is a draft.

    The database refuses other changes too (see `cityrank.publishing.guards`); the check here only says it in words.
    """

    RELEASE_PATH = "release"

    objects = ContentQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def way_to_release(cls) -> tuple[str, str]:
        """Return the column that leads from a row to its release, and the table in between, "" if there is none."""
        first, *rest = cls.RELEASE_PATH.split("__")
        key = cls._meta.get_field(first)
        assert isinstance(key, models.ForeignKey), (
            f"{cls.__name__}.RELEASE_PATH does not begin with a foreign key"
        )
        return key.column, key.remote_field.model._meta.db_table if rest else ""

    @property
    def owning_release(self) -> "Release":
        value: Any = self
        for name in self.RELEASE_PATH.split("__"):
            value = getattr(value, name)
        return value

    def clean(self) -> None:
        super().clean()
        try:
            release = self.owning_release
        except models.ObjectDoesNotExist:
            return  # the field's own error says what is missing
        if not release.is_editable:
            raise ValidationError(
                _(
                    "Release %(number)s of %(edition)s is %(status)s: only drafts can be changed. "
                    "Start a new draft first."
                )
                % {
                    "number": release.number,
                    "edition": release.edition.label,
                    "status": release.get_status_display(),
                }
            )
