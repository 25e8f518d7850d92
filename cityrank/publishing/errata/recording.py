"""Store the errata of a release when it is published or scheduled."""

from dataclasses import asdict

from awards.models import Release
from cityrank.publishing.errata.differing import difference
from cityrank.publishing.errata.showing import in_groups
from cityrank.publishing.models import Erratum


def record(release: Release, former: Release | None) -> int:
    """Store the differences of `release` against `former` as its errata; return their number.

    Without a former release there are none. What was stored by an earlier schedule is replaced. They are numbered in
    the order they are shown in, so that a number also tells on which page of a long list a difference stands.
    """
    release.errata.all().delete()
    if former is None:
        return 0
    errata = [
        Erratum(release=release, former=former, position=position, **asdict(change))
        for position, change in enumerate(in_groups(difference(former, release)), 1)
    ]
    Erratum.objects.bulk_create(errata, batch_size=1000)
    return len(errata)
