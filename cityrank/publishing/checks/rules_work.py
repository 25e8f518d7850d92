"""Rules about how the rows came to be: double entries, and the files they were read from."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityrank.publishing.checks.content import Content, about_table
from cityrank.publishing.checks.registry import Found, Severity, rule
from cityrank.publishing.comparing import open_differences


@rule(
    "double-entry-unverified",
    Severity.BLOCKS,
    gettext_lazy(
        "Every row of a table that is entered twice was confirmed by both entries or by a third person."
    ),
)
def double_entry_unverified(content: Content) -> Iterator[Found]:
    for ranking in content.rankings.values():
        rows = content.scores.get(ranking.pk, [])
        unverified = [row.position for row in rows if not row.is_verified]
        if ranking.double_entry and unverified:
            message = _("%(ranking)s is to be entered twice; rows that nobody has confirmed: %(rows)s.")
            values = {"ranking": ranking, "rows": ", ".join(map(str, unverified[:10]))}
            yield about_table(ranking, message % values, *unverified)


@rule(
    "double-entry-disputed", Severity.BLOCKS, gettext_lazy("Where two entries differ, somebody has decided.")
)
def double_entry_disputed(content: Content) -> Iterator[Found]:
    twice = [key for key, ranking in content.rankings.items() if ranking.double_entry]
    for key, count in open_differences(twice).items():
        ranking = content.rankings[key]
        message = _("%(ranking)s: the two entries differ in %(count)s cells that nobody has decided.")
        yield about_table(ranking, message % {"ranking": ranking, "count": count}, count)


@rule("attachment-file", Severity.WARNS, gettext_lazy("The file of an attachment is there."))
def attachment_file(content: Content) -> Iterator[Found]:
    for attachment in content.attachments:
        if not attachment.file or not attachment.file.storage.exists(attachment.file.name or ""):
            message = _("The file of “%(title)s” is missing.") % {"title": attachment.title}
            key = f"attachment:{attachment.sha256[:16] or attachment.pk}"
            yield Found(key, "awards.attachment", attachment.pk, attachment.title, message)
