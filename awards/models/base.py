"""What every row of a release has in common."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.querysets import ContentQuerySet

if TYPE_CHECKING:
    from awards.models.editions import Release


class Verifiable(models.Model):
    """A row that a second person has compared with its source; changing what is printed undoes that."""

    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("verified by"),
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True, editable=False)

    # The columns that hold what the source prints.
    PRINTED: ClassVar[tuple[str, ...]] = ()
    _as_stored: dict[str, Any]

    class Meta:
        abstract = True

    @classmethod
    def from_db(  # type: ignore[override]
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        row = super().from_db(db, field_names, values)
        if row.__dict__.get("verified_at") or row.__dict__.get("provenance"):
            names = (*cls.PRINTED, "verified_at", "provenance")
            row._as_stored = {name: row.__dict__[name] for name in names if name in row.__dict__}
        return row

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._unverify()
        super().save(*args, **kwargs)

    def _unverify(self) -> None:
        """Undo what was verified where what is printed has changed; whoever verifies anew says so in the same save."""
        stored: dict[str, Any] = getattr(self, "_as_stored", {})
        changed = {name for name, value in stored.items() if getattr(self, name) != value}
        if not changed or changed & {"verified_at", "provenance"}:
            return
        self.verified_by, self.verified_at = None, None
        for name in changed:
            self.unverify_cell(name)

    def unverify_cell(self, name: str) -> None:
        """Undo what was verified of one column; a model that notes it for each of them says how."""


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
