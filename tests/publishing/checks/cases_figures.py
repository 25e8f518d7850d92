"""One case that trips a rule and one that does not, for each rule about averages and about how rows came to be."""

from decimal import Decimal
from hashlib import sha256

from django.core.files.base import ContentFile
from django.utils import timezone

from awards.models import Attachment, Release
from cityrank.publishing.models import Entry, EntryRow
from cityrank.publishing.workflow import publish_unattended
from scores.models import Score
from tests.factories import accounts, awards, scores
from tests.publishing.checks.sound import Case, Change, average, each, table, the_table


def last_year(printed: str, label: str = "省会城市", top_n: int = 2) -> Change:
    """Publish the edition before, whose table of the same line has one average."""

    def publish(draft: Release) -> None:
        former = awards.empty_draft("2016-2017")
        older = scores.ranking(awards.series(former, 8), "cities", rows=4, cutoff=None)
        assert older.line == the_table(draft).line
        scores.average(former, 1, older, printed_label=label, top_n=top_n, printed_value=Decimal(printed))
        publish_unattended(former)

    return publish


TEXT = "1 杭州市 94.50\n".encode()


def attachment(draft: Release) -> Attachment:
    return Attachment.objects.create(release=draft, title="得分", file=ContentFile(TEXT, name="table.txt"))


def without_its_file(draft: Release) -> None:
    made = attachment(draft)
    made.file.storage.delete(made.file.name)


def all_verified(draft: Release) -> None:
    Score.objects.of_release(draft).update(verified_at=timezone.now())


def entered(first: str, second: str) -> Change:
    """Let two people finish their entries of a table of one row, with these scores."""

    def enter(draft: Release) -> None:
        table(double_entry=True)(draft)
        for number, typed in enumerate((first, second), 1):
            entry = Entry.objects.create(
                ranking=the_table(draft),
                number=number,
                person=accounts.user("evaluator", f"evaluator-{number}"),
                state=Entry.State.FINISHED,
                finished_at=timezone.now(),
            )
            EntryRow.objects.create(entry=entry, position=1, printed_name="第1市", printed_score=typed)

    return enter


CASES = {
    # Percentage points: 89.50 is 11.9 percent more than 80.00, and 9.50 points.
    "average-change": Case("average:1", average(printed_change="11.90"), average(printed_change="9.5000")),
    "average-value": Case("average:1", average(top_n=3), average(top_n=3, printed_value="89.00")),
    "average-previous": Case("average:1", last_year("80.01"), last_year("80.004")),
    "average-cutoff": Case(
        "average:1", table(cutoff=4, expected_count=None), table(cutoff=2, expected_count=None)
    ),
    "average-group": Case(
        "average:1", average(printed_label="试点省会城市"), average(printed_label="前2名省会城市(试点)")
    ),
    "average-source": Case("average:1", average(source=None), average(label_en="")),
    "double-entry-unverified": Case(
        "ranking:cities", table(double_entry=True), each(table(double_entry=True), all_verified)
    ),
    "double-entry-disputed": Case("ranking:cities", entered("90", "90.1"), entered("90", "90")),
    "attachment-file": Case(f"attachment:{sha256(TEXT).hexdigest()[:16]}", without_its_file, attachment),
}
