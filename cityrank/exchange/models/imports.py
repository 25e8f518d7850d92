"""Tables that were handed in as files: what each row would do, what it did, and what undoing it needs."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models import Award, Release
from cityrank.exchange.columns import Sheet
from cityrank.publishing.models import Assignment
from cityrank.publishing.roles import COORDINATE, ENTER
from scores.models import Ranking

# Rows of a preview on one page.
PAGE = 50


class ImportQuerySet(models.QuerySet["Import"]):
    def standing(self) -> Self:
        """Return the imports whose rows are in the database: done, and not undone since."""
        return self.filter(state=Import.State.DONE)

    def same_as(self, other: "Import") -> Self:
        """Return the imports of the very same file as the same kind of table into the same place."""
        return self.filter(
            sheet=other.sheet,
            sha256=other.sha256,
            release=other.release_id,
            ranking=other.ranking_id,
            award=other.award_id,
        ).exclude(pk=other.pk)

    def visible_to(self, person: User) -> Self:
        """Return the imports that somebody may look at, with their files.

        Of kinds whose rows their role reads; for those who enter rows, their own and those into what is assigned to
        them, because they do not see what others are keying either.
        """
        from cityrank.exchange.sheets import IMPORTED

        read = [sheet.name for sheet in IMPORTED.values() if person.has_perm(_view(sheet))]
        rows = self.filter(sheet__in=read)
        if not person.has_perm(ENTER) or person.has_perm(COORDINATE):
            return rows
        mine = Assignment.objects.filter(person=person.pk)
        rest = mine.filter(part=Assignment.Part.REST)
        return rows.filter(
            Q(by=person.pk)
            | Q(release=None)
            | Q(ranking__in=mine.exclude(ranking=None).values("ranking"))
            | Q(award__in=mine.exclude(award=None).values("award"))
            | Q(sheet="averages", release__in=rest.values("release"))
        )


def _view(sheet: Sheet) -> str:
    return f"{sheet.model._meta.app_label}.view_{sheet.model._meta.model_name}"


class Import(models.Model):
    """One file on its way into the database: read, previewed, imported, perhaps undone.

    Other processes see the progress of reading in `done` and `total`; whoever sets the state to cancelled stops it.
    """

    class State(models.TextChoices):
        READING = "reading", _("being read")
        PREVIEWED = "previewed", _("ready to be looked at")
        IMPORTING = "importing", _("being imported")
        DONE = "done", _("imported")
        UNDONE = "undone", _("undone")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")

    # Name of a `cityrank.exchange.columns.Sheet`: scores, recipients, averages, places, organisations.
    sheet = models.CharField(_("kind of table"), max_length=20)
    # Nothing: the registry.
    release = models.ForeignKey(
        Release, models.CASCADE, null=True, blank=True, related_name="imports", verbose_name=_("release")
    )
    ranking = models.ForeignKey(
        Ranking,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("into the ranking"),
    )
    award = models.ForeignKey(
        Award,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("into the award"),
    )
    # Never mapped to an address of the public: see MEDIA_ROOT in the settings.
    file = models.FileField(_("file"), upload_to="imports/%Y/", max_length=255)
    original_name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    # Nobody: a program that acts on its own.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    # Why it failed, for the person who handed it in.
    problem = models.TextField(_("what is wrong"), blank=True)
    # Grows each time the file is read anew; an earlier reading that still runs notices and stops.
    attempt = models.PositiveIntegerField(default=0, editable=False)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    total = models.PositiveIntegerField(_("rows in all"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    same = models.PositiveIntegerField(_("same"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    # Sentences about the file as a whole: hidden sheets, rows above the headings, columns that are not known.
    notices = models.JSONField(_("notices"), default=list, blank=True)
    # By key of a ranking its state before and after the import.
    table_states = models.JSONField(default=dict, blank=True, editable=False)
    # The last record of the rows' history when they were planned, and when they had been imported: what is later is
    # somebody else's edit.
    history_before = models.BigIntegerField(default=0, editable=False)
    history_after = models.BigIntegerField(default=0, editable=False)
    imported_at = models.DateTimeField(_("imported at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    # Names of the rows that stayed when it was undone, because somebody had edited them since.
    kept = models.JSONField(_("kept"), default=list, blank=True, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-at", "-pk"]
        # Whoever may enter the rows may import them; there is no right of its own.
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["reading", "previewed", "importing", "done", "undone", "cancelled", "failed"]
                ),
                name="import_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(ranking__isnull=True) | Q(award__isnull=True), name="import_goes_into_one_table"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "undone"]) | Q(imported_at__isnull=False),
                name="import_that_is_done_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone") | Q(undone_at__isnull=False),
                name="import_that_is_undone_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(problem=""), name="import_that_failed_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def declared(self) -> Sheet:
        """The declaration of its columns."""
        from cityrank.exchange.sheets import IMPORTED

        return IMPORTED[self.sheet]

    @property
    def into(self) -> Ranking | Award | None:
        """The one table that its rows go into; None where a column of the file says it, or where there is none."""
        return self.ranking or self.award

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.READING, self.State.PREVIEWED, self.State.IMPORTING)


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def page(self, kind: str = "", number: int = 1) -> Self:
        """Return one page of an import's rows in the order of the file, all or those of one kind; pages count from 1.

        Used as `import_.rows.page("changed", 3)`; the import has the counts.
        """
        rows = self.filter(kind=kind) if kind else self
        start = (max(number, 1) - 1) * PAGE
        return rows.order_by("number")[start : start + PAGE]


class ImportRow(models.Model):
    """One row of the file and what it means for the database.

    `values` holds by column of the model what the file says of it, keys of other rows included; `changes` holds for a
    row that is there already `[old, new]` of each column that would be written. Figures are texts, as JSON has no
    decimals. `cityrank.exchange.showing` puts both in words.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("same")
        REFUSED = "refused", _("refused")

    of_import = models.ForeignKey(
        Import, models.CASCADE, related_name="rows", verbose_name=_("import"), db_index=False
    )
    number = models.PositiveIntegerField(_("number"))
    # Where it stands in the file.
    sheet = models.CharField(_("sheet"), max_length=80, blank=True)
    row = models.PositiveIntegerField(_("row"))
    kind = models.CharField(_("what it does"), max_length=8, choices=Kind)
    # Key of the row in the database; of a new one the key that it will have, on SQLite known only when it is imported.
    target = models.BigIntegerField(null=True, blank=True, editable=False)
    label = models.CharField(_("name"), max_length=200, blank=True)
    values = models.JSONField(default=dict, blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    # Of {"column": "F", "text": a sentence}; the column is that of the file, "" for the whole row.
    problems = models.JSONField(_("problems"), default=list, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ["of_import", "number"]
        default_permissions = ()
        indexes = [models.Index(fields=["of_import", "kind", "number"], name="import_rows_by_kind")]
        constraints = [
            models.UniqueConstraint(fields=["of_import", "number"], name="import_row_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["new", "changed", "same", "refused"]), name="import_row_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["changed", "same"]) | Q(target__isnull=False),
                name="import_row_that_is_there_has_its_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}: {self.label}".strip()
