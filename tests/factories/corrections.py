"""Corrections of the edition in miniature."""

import datetime as dt

from awards.models import Award, Recipient, Release
from cityrank.publishing.workflow import (
    approve_release,
    publish_unattended,
    schedule_release,
    start_draft,
    submit_release,
)
from scores.models import Score
from tests.factories import registry

REASON = "名单排印有误"


def corrected_draft(release: Release, score: str = "88.80", winner: str = "更正镇") -> Release:
    """Return a draft in which the first winner and the first score are other ones than in `release`."""
    draft = start_draft(release.edition)
    recipient = Recipient.objects.filter(award__release=draft, award__slug="award-1").first()
    assert recipient
    number = 900 + Release.objects.count()
    recipient.subject = registry.town(f"330106{number}", winner)
    recipient.printed_name = winner
    recipient.save()
    Score.objects.filter(ranking__release=draft, position=1).update(printed_score=score)
    return draft


def correct(release: Release, reason: str = REASON, **values: str) -> Release:
    return publish_unattended(corrected_draft(release, **values), reason=reason)


def schedule(draft: Release, at: dt.datetime, reason: str = REASON) -> Release:
    return schedule_release(approve_release(submit_release(draft)), at, reason=reason)


def long_correction(release: Release, rows: int) -> Release:
    """Publish a correction that adds `rows` winners to the first award."""
    draft = start_draft(release.edition)
    award = Award.objects.get(release=draft, slug="award-1")
    first = award.recipients.count() + 1
    for number in range(first, first + rows):
        town = registry.town(f"3301{number:05}", f"新{number}镇")
        Recipient.objects.create(award=award, position=number, printed_name=town.name_zh, subject=town)
    award.expected_count = award.recipients.count()
    award.save()
    return publish_unattended(draft, reason=REASON)


def drop_award(draft: Release, slug: str) -> None:
    Recipient.objects.filter(award__release=draft, award__slug=slug).delete()
    Award.objects.get(release=draft, slug=slug).delete()
