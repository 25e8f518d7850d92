"""A scheduled release: until its hour no address knows of it, from that instant on every address does.

Answers are compared to the byte. One microsecond before the hour they are those of a database in which the release was
never begun; at the hour they are those of a database in which somebody has pressed "publish" at this very instant.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from awards.models import Release
from cityrank.api import docs
from cityrank.publishing.workflow import (
    approve_release,
    publish_release,
    schedule_release,
    settle_schedules,
    submit_release,
    unschedule_release,
)
from tests.addresses import public_addresses
from tests.factories import awards, corrections, registry

pytestmark = [pytest.mark.django_db, pytest.mark.long]

HOUR = dt.datetime(2026, 12, 1, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))
DAY_BEFORE = HOUR - dt.timedelta(days=1)
VALUES = {
    "number": ["1", "2"], "series": ["1", "3"], "release": ["1", "2"], "position": ["1", "3"],
    "kind": ["averages", "score-bars"], "key": ["all", "cities-50"], "section": ["awards"], "subject": ["330106101"],
}  # fmt: skip
# What the slug of an address may be, by the word before it: public things, and those that only the draft has.
SLUGS = {
    "awards": ["award-1", "topsecret-award"],
    "recipients": ["award-1"],
    "rankings": ["cities-50"],
    "scores": ["cities-50"],
    "places": ["330106101", "juemi-xiaozhen"],
    "citations": ["why"],
}
QUERIES = (
    "/search/?q=绝密", "/search/?q=juemi", "/en/search/?q=topsecret", "/api/v1/awards/?line=topsecret-award",
    "/api/v1/scores/?edition=2018-2019", "/api/v1/recipients/?edition=2017-2018&release=2", "/api/v1/editions/?page=2",
    "/api/v1/releases/?status=published", "/api/v1/organisations/?ordering=-name", "/api/v1/awards/?edition=2018-2019",
    "/api/v1/recipients/?subject=juemi-xiaozhen", "/api/v1/errata/?release=2&edition=2017-2018", "/sitemap.xml",
    "/robots.txt", "/media/attachments/2026/secret.png",
)  # fmt: skip
SECRETS = (awards.SECRET, awards.SECRET_EN, awards.SECRET_FIGURE)
# Addresses that each hold something of what the correction changes.
OPEN = "/editions/2017-2018"
EVERYWHERE = (
    "/", "/en/", "/editions/", "/en/editions/", f"{OPEN}/", f"{OPEN}/series/1/", f"{OPEN}/series/3/",
    f"{OPEN}/averages/",
    f"{OPEN}/awards/award-1/", f"{OPEN}/awards/topsecret-award/", f"{OPEN}/rankings/cities-50/", f"{OPEN}/releases/2/",
    f"{OPEN}/releases/2/awards/award-1/", f"{OPEN}/awards/award-1/table.csv", f"{OPEN}/rankings/cities-50/table.csv",
    f"{OPEN}/averages/table.csv", "/places/juemi-xiaozhen/", "/organisations/topsecret/", "/search/?q=jmxz",
    "/api/v1/editions/", "/api/v1/releases/", "/api/v1/series/", "/api/v1/awards/", "/api/v1/recipients/",
    "/api/v1/citations/", "/api/v1/rankings/", "/api/v1/scores/", "/api/v1/group-averages/",
    "/api/v1/places/?level=zone", "/api/v1/places/juemi-xiaozhen/", "/api/v1/organisations/",
    "/api/v1/errata/", "/api/v1/errata/2017-2018/2/1/",
)  # fmt: skip
ERRATA = (
    f"{OPEN}/errata/", f"/en{OPEN}/errata/", f"{OPEN}/errata/feed/", "/errata/feed/", "/en/errata/feed/",
    f"{OPEN}/releases/2/errata/", "/api/v1/errata/", "/api/v1/releases/2017-2018/2/",
)  # fmt: skip


def every_path(label: str) -> list[str]:
    """Return every public address in both languages, with what is public already, what is scheduled and nothing."""
    paths = []
    for address in public_addresses():
        before = address.route.split("<")[-2].rstrip("/").split("/")[-1] if address.parameters else ""
        known = VALUES | {"label": [label], "edition": [label]}
        values = [known.get(name, SLUGS.get(before, ["topsecret"])) for name in address.parameters]
        paths += [
            address.fill(dict(zip(address.parameters, chosen, strict=True))) for chosen in product(*values)
        ]
    pages = [f"/en{path}" for path in paths if path.endswith("/") and not path.startswith("/api/")]
    return [*paths, *pages, *QUERIES]


def answers(paths: list[str]) -> dict[str, tuple]:
    """Return what each address answers: status, headers and body."""
    client = Client(raise_request_exception=False)
    found = {}
    for path in paths:
        answer = client.get(path)
        assert answer.status_code < 500, path
        found[path] = (answer.status_code, dict(answer.headers), answer.getvalue())
    return found


def differing(one: dict[str, tuple], other: dict[str, tuple]) -> list[str]:
    return [path for path in one if one[path] != other[path]]


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is stored inside the block: another world over the same data."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def first_release() -> Release:
    """Return a secret draft of an edition of which nothing has been public."""
    draft = awards.empty_draft("2018-2019", title_zh=awards.SECRET, title_en=awards.SECRET_EN)
    hidden = registry.zone("juemi-xiaozhen", f"{awards.SECRET}小镇", public=False)
    company = registry.organisation("topsecret", f"{awards.SECRET}公司", name_en=f"{awards.SECRET_EN} Inc")
    title = f"{awards.SECRET}奖"
    why = awards.citation(draft, text=awards.SECRET)
    for slug, subject in (("award-1", hidden), ("topsecret-award", company)):
        winners = [(subject.name_zh, subject)]
        awards.award(awards.series(draft), slug, winners, title_printed=title, title_en=title, citation=why)
    return draft


def correction() -> Release:
    """Return a secret draft that corrects the public edition in everything."""
    return awards.secret_draft(Release.objects.get(number=1))


@pytest.fixture
def published() -> Release:
    registry.xihu()
    with time_machine.travel(DAY_BEFORE - dt.timedelta(days=100), tick=False):
        return awards.published_edition(rows=2)


def approved(make: Callable[[], Release]) -> Release:
    return approve_release(submit_release(make()))


@pytest.mark.parametrize(("make", "label"), [(first_release, "2018-2019"), (correction, "2017-2018")])
def test_until_the_hour_no_address_knows_and_from_then_on_all_do(
    published: Release, make: Callable[[], Release], label: str
) -> None:
    paths = every_path(label)
    just_before = HOUR - dt.timedelta(microseconds=1)
    with time_machine.travel(DAY_BEFORE, tick=False) as clock, undone():
        clock.move_to(just_before)
        without = answers(paths)
        with undone():
            clock.move_to(DAY_BEFORE)
            release = approved(make)
            clock.move_to(HOUR)
            publish_release(release, reason=corrections.REASON)
            pressed = answers(paths)
        clock.move_to(DAY_BEFORE)
        schedule_release(approved(make), HOUR, reason=corrections.REASON)
        clock.move_to(just_before)
        assert differing(answers(paths), without) == []
        clock.move_to(HOUR)
        at_the_hour = answers(paths)
        assert differing(at_the_hour, pressed) == []
        # Neither the program that settles what the clock has made true nor a server whose clock is slow changes that.
        some = paths[::3]
        assert settle_schedules()
        assert differing(answers(some), pressed) == []
        clock.move_to(just_before)
        assert differing(answers(some), without) == []


def test_at_its_hour_a_correction_is_everywhere_at_once(published: Release) -> None:
    paths = [*EVERYWHERE, *ERRATA]
    with time_machine.travel(DAY_BEFORE, tick=False) as clock:
        schedule_release(approved(correction), HOUR, reason=corrections.REASON)
        clock.move_to(HOUR - dt.timedelta(microseconds=1))
        before = {path: text_of(answer) for path, answer in answers(paths).items()}
        clock.move_to(HOUR)
        after = {path: text_of(answer) for path, answer in answers(paths).items()}
    for path in EVERYWHERE:
        assert not any(secret in before[path] for secret in SECRETS), path
        assert any(secret in after[path] for secret in SECRETS), path
    for path in ERRATA:
        assert corrections.REASON not in before[path], path
        assert corrections.REASON in after[path], path


def test_what_was_replaced_at_the_hour_stays_at_its_frozen_address_and_says_so(published: Release) -> None:
    frozen = "/en/editions/2017-2018/releases/1/"
    with time_machine.travel(DAY_BEFORE, tick=False) as clock:
        schedule_release(approved(correction), HOUR, reason=corrections.REASON)
        client = Client()
        assert "the current one, at its permanent address" in client.get(frozen).content.decode()
        clock.move_to(HOUR)
        page = client.get(frozen).content.decode()
    assert "which a later one has replaced" in page
    assert not any(secret in page for secret in SECRETS)


def test_a_schedule_that_was_given_up_leaves_nothing_behind(published: Release) -> None:
    paths = every_path("2017-2018")
    with time_machine.travel(HOUR, tick=False) as clock:
        without = answers(paths)
        clock.move_to(DAY_BEFORE)
        release = schedule_release(approved(correction), HOUR, reason=corrections.REASON)
        unschedule_release(release)
        clock.move_to(HOUR)
        assert settle_schedules() == []
        assert differing(answers(paths), without) == []


@pytest.mark.parametrize("label", ["2017-2018", "2018-2019"])
def test_no_answer_may_be_shown_again_without_being_asked_for_again(published: Release, label: str) -> None:
    """What a browser or a proxy kept from before the hour would be a leak backwards: the old release after it."""
    # The program of frames is the same whatever is public.
    paths = [path for path in every_path(label) if path != "/embed.js"]
    for path, (_status, headers, _body) in answers(paths).items():
        assert headers["Cache-Control"] in ("no-cache", "no-store"), path


def test_public_addresses_keep_nothing_in_a_cache(published: Release) -> None:
    cache.clear()
    answers(every_path("2017-2018"))
    assert cache._cache == {}


def test_the_description_of_the_interface_is_the_same_whatever_is_public(published: Release) -> None:
    docs.description.cache_clear()
    before = answers(["/api/schema/"])
    publish_release(approved(correction), reason=corrections.REASON)
    docs.description.cache_clear()
    assert differing(answers(["/api/schema/"]), before) == []


def text_of(answer: tuple) -> str:
    return answer[2].decode()
