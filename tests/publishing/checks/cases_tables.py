"""One case that trips a rule and one that does not, for each rule about rankings and their rows."""

from decimal import Decimal

from awards.models import Release
from cityrank.registry.models import PlaceTier
from scores.models import Band, PeerGroup, Score
from tests.factories import registry
from tests.publishing.checks.sound import Case, Change, each, row, table


def fewer_rows(draft: Release) -> None:
    Score.objects.of_release(draft).filter(position=4).delete()


def unread(position: int, status: str, **fields: object) -> Change:
    return row(position, status=status, printed_score=None, **fields)


def by_an_organisation(draft: Release) -> None:
    row(2, subject=registry.organisation())(draft)


def by_a_county(draft: Release) -> None:
    row(2, subject=registry.xihu())(draft)


def by_an_organisation_among_organisations(draft: Release) -> None:
    Score.objects.of_release(draft).exclude(position=2).delete()
    PeerGroup.objects.filter(release=draft).update(subject_kind="organisation", level="")
    by_an_organisation(draft)


def group_of_sub_provincial_cities(draft: Release) -> None:
    """Put all cities of the table but the third into the tier that its group asks for."""
    for score in Score.objects.of_release(draft).exclude(position=3):
        PlaceTier.objects.create(place_id=score.subject_id, tier="sub_provincial", from_year=1994)
    PeerGroup.objects.filter(release=draft).update(tiers=["sub_provincial"])


def group_of_sub_provincial_cities_as_it_is(draft: Release) -> None:
    group_of_sub_provincial_cities(draft)
    third = Score.objects.of_release(draft).get(position=3)
    PlaceTier.objects.create(place_id=third.subject_id, tier="sub_provincial", from_year=2018)


def bands_by_score(draft: Release) -> Band:
    """Replace the band 1-30 by one up to 89 points whose label looks like a format."""
    band = Band.objects.of_release(draft).get()
    Band.objects.filter(pk=band.pk).update(
        first_rank=None,
        last_rank=None,
        lowest_score=Decimal("87"),
        highest_score=Decimal("89"),
        label_zh="前10%",
    )
    return band


def none_in_the_band_but_those_it_is_for(draft: Release) -> None:
    bands_by_score(draft)
    row(1, band=None)(draft)


def without_bands(draft: Release) -> None:
    Band.objects.of_release(draft).delete()


TIED = each(row(3, printed_score=89, printed_rank=2), row(4, printed_rank=4))
TIES_LEAVE_NO_GAP = each(TIED, row(4, printed_rank=3))

CASES = {
    "table-count": Case("ranking:cities", fewer_rows, each(fewer_rows, table(expected_count=3))),
    "table-cutoff": Case(
        "ranking:cities", table(expected_count=None, cutoff=5), table(expected_count=None, cutoff=4)
    ),
    "table-unread": Case(
        "ranking:cities",
        unread(4, "not_transcribed"),
        each(unread(4, "not_transcribed"), table(state="partial")),
    ),
    "table-source": Case("ranking:cities", table(source=None), table(image_caption="")),
    "table-method": Case(
        "ranking:cities",
        table(method_changed=True),
        table(method_changed=True, method_note_zh="新增一项指标。"),
    ),
    "table-titles": Case("ranking:cities", table(title_listed="别的名称"), table(title_listed="")),
    "score-unresolved": Case("score:cities:2", row(2, subject=None), row(2, printed_name="某市")),
    "score-name-twice": Case("score:cities:2", row(2, printed_name="第1市"), row(2, printed_name="第1区")),
    "subject-kind": Case("score:cities:2", by_an_organisation, by_an_organisation_among_organisations),
    "peer-group": Case(
        "score:cities:3", group_of_sub_provincial_cities, group_of_sub_provincial_cities_as_it_is
    ),
    "score-range": Case("score:cities:1", row(1, printed_score="100.01"), row(1, printed_score=100)),
    "score-decimals": Case(
        "score:cities:1",
        row(1, printed_score="90.125", decimals=3),
        row(1, printed_score="90.1200", decimals=2),
    ),
    "rank-computed": Case("score:cities:3", each(TIED, row(3, printed_rank=3)), TIED),
    "rank-gap": Case("ranking:cities", TIES_LEAVE_NO_GAP, each(TIES_LEAVE_NO_GAP, table(tie_rule="dense"))),
    "score-order": Case("score:cities:4", row(4, printed_score="89.5"), row(4, printed_score="87.99")),
    "band-rule": Case("score:cities:1", bands_by_score, none_in_the_band_but_those_it_is_for),
    "band-missing": Case("score:cities:2", row(2, band=None), without_bands),
}
