"""Nonsense sent to the back office is answered with a sentence, by every address it has."""

from collections.abc import Iterator
from itertools import cycle

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern

from awards.models import Award, Release
from scores.models import Ranking
from tests.factories import accounts

pytestmark = [pytest.mark.django_db, pytest.mark.long]

# What comes where a key, a number, a choice or a text is expected.
JUNK = ["abc", "9" * 30, "a\x00b", "-1", "²", "", "1"]
# Every name that a form or a list of the back office reads, to be filled with junk all at once.
FIELDS = """
    action step set chosen position cell value reason comment part parts assignment person due_on undo rule row label
    _selected_action select_across index series-part series-into award-part award-into on at _why _seen q o p e
    release term app_label model_name field_name ranking award series _changelist_filters all _popup _to_field post
    scores-TOTAL_FORMS scores-INITIAL_FORMS scores-0-id scores-0-position scores-0-subject scores-0-printed_score
    recipients-TOTAL_FORMS recipients-INITIAL_FORMS recipients-0-id recipients-0-position recipients-0-subject
    title_zh title_printed key slug number printed_name subject printed_score status province session login password
""".split()
ACTIONS = """
    assign unassign verify done return next series award finish reopen take_back change_rows delete_selected
""".split()
BODIES = [b"{", b"[]", b'{"rows": 1}', b'{"names": ["\\ud800", "\\u0000"]}', b"[" * 5000, b"\xff\xfe"]


def _addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield route and name of every address below some patterns."""
    for pattern in patterns:
        here = "" if isinstance(pattern.pattern, LocalePrefixPattern) else str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            for route, name in _addresses(pattern.url_patterns, prefix + here):
                yield route, f"{space}{name}" if name else ""
        else:
            yield prefix + here, pattern.name or ""


NAMES = sorted(
    {name for route, name in _addresses(get_resolver().url_patterns) if route.startswith("admin/") and name}
)


def _filled(name: str, keys: dict[str, int]) -> Iterator[str]:
    """Yield an address with the key of a row that is there, and with keys of none."""
    model = name.removeprefix("admin:").rsplit("_", 1)[0]
    for key in (keys.get(model, 1), 999_999, "abc"):
        for args in ([key, "submit"], [key, 1], ["2017-2018", 2], [key], []):
            try:
                yield reverse(name, args=args)
            except NoReverseMatch:
                continue
            break


def _keys(draft: Release) -> dict[str, int]:
    found = {
        f"{model._meta.app_label}_{model._meta.model_name}": row.pk
        for model in apps.get_models()
        if (row := model._default_manager.order_by("-pk").first()) is not None and isinstance(row.pk, int)
    }
    table, award = Ranking.objects.of_release(draft).first(), Award.objects.of_release(draft).first()
    return found | {"awards_release": draft.pk, "scores_ranking": table.pk, "awards_award": award.pk}


def _asked(client: Client, address: str, junk: str, number: int) -> Iterator[tuple[str, int]]:
    """Send junk in every way that an address may be asked; yield how and what the status was."""
    form = dict.fromkeys(FIELDS, junk) | {"action": ACTIONS[number % len(ACTIONS)]}
    body = BODIES[number % len(BODIES)]
    yield "get", client.get(address, form).status_code
    yield "post", client.post(address, form).status_code
    match number % 3:
        case 0:
            yield "post of nothing", client.post(address).status_code
        case 1:
            yield "json", client.post(address, body, content_type="application/json").status_code
        case 2:
            yield "put", client.put(address, b"{}").status_code


def broken(person: object, names: list[str], keys: dict[str, int], junk: Iterator[str]) -> list[tuple]:
    """Return what was answered with an error of the server.

    Each address is asked in two or three ways of five; over all of them, every way meets every kind of junk.
    """
    client = Client(raise_request_exception=False)
    found = []
    for number, name in enumerate(names):
        for address in dict.fromkeys(_filled(name, keys)):
            client.force_login(person)  # some of the addresses sign out
            with transaction.atomic():
                asked = [
                    (address, how, status) for how, status in _asked(client, address, next(junk), number)
                ]
                transaction.set_rollback(True)
            found += [one for one in asked if one[2] >= 500]
    return found


def test_junk_breaks_no_address_of_the_back_office(draft: Release) -> None:
    """Asked by a superuser, whom no question about rights sends away before the junk is read."""
    assert len(NAMES) > 150
    assert broken(accounts.chief(), NAMES, _keys(draft), cycle(JUNK)) == []


def test_junk_of_somebody_who_enters_rows_breaks_no_address_of_the_rows(draft: Release) -> None:
    person = accounts.user("evaluator")
    accounts.takes_all(draft)
    names = [name for name in NAMES if name.startswith(("admin:awards_", "admin:scores_"))]
    assert broken(person, names, _keys(draft), cycle(reversed(JUNK))) == []


@pytest.mark.parametrize("action", ACTIONS)
def test_junk_breaks_no_page_on_which_much_can_be_done(action: str, draft: Release) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(accounts.chief())
    keys = _keys(draft)
    pages = [name for name in NAMES if name.startswith(("admin:awards_release_", "admin:scores_ranking_"))]
    pages += ["admin:awards_award_changelist", "admin:scores_score_changelist"]
    answers = []
    for name, junk in zip(pages, cycle(JUNK)):
        address = next(_filled(name, keys))
        chosen = {"_selected_action": str(keys["awards_award"]), "index": "0"}
        answers.append(
            (name, client.post(address, dict.fromkeys(FIELDS, junk) | chosen | {"action": action}))
        )
    assert [(name, answer.status_code) for name, answer in answers if answer.status_code >= 500] == []
