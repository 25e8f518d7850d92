"""What a list may be asked for, and how it refuses the rest."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awards.models import Release
from cityrank.api.pagination import Pages
from cityrank.api.urls import RESOURCES

Refused = Callable[..., dict]
EVERY_PARAMETER = [
    (word, name)
    for word, resource in RESOURCES.items()
    for name in [*resource.filterset_class.base_filters, *Pages.names]
]


def the_error(problem: dict) -> dict:
    (error,) = problem["errors"]
    return error


def test_a_misspelt_parameter_is_refused_with_those_that_exist(release: Release, refused: Refused) -> None:
    error = the_error(refused("recipients/?editon=2017-2018"))
    assert (error["parameter"], error["code"]) == ("editon", "unknown_parameter")
    assert {"edition", "release", "place", "page_size"} <= set(error["allowed"])


@pytest.mark.parametrize(
    "address", ["places/330106/?x=1", "awards/2017-2018/award-1/?edition=2017-2018", "/api/v1/?x=1"]
)
def test_one_object_takes_no_filter(release: Release, refused: Refused, address: str) -> None:
    assert the_error(refused(address))["code"] == "unknown_parameter"


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("recipients/?edition=2016-2017", ["2017-2018"]),
        ("recipients/?series=2", ["1", "8"]),
        ("recipients/?award=nothing", ["award-1"]),
        ("scores/?ranking=nothing", ["cities-50", "picture"]),
        ("places/?level=village", ["country", "province", "prefecture", "county", "township", "zone"]),
        ("places/?current=yes", ["true", "false"]),
        ("editions/?ordering=name", ["period_start", "-period_start", "period_end", "-period_end"]),
    ],
)
def test_a_value_that_does_not_exist_is_refused_with_those_that_do(
    release: Release, refused: Refused, address: str, allowed: list[str]
) -> None:
    error = the_error(refused(address))
    assert error["code"] in ("unknown_value", "bad_value")
    assert error["allowed"] == allowed


def test_values_that_exist_but_do_not_meet_give_an_empty_list(release: Release, rows: Callable) -> None:
    assert rows("recipients/?award=award-1&place=330106") == []


@pytest.mark.parametrize("name", ["place", "subject"])
def test_an_unknown_place_is_refused(release: Release, refused: Refused, name: str) -> None:
    assert the_error(refused(f"recipients/?{name}=000000"))["code"] == "unknown_value"


def test_a_parameter_is_written_once(release: Release, refused: Refused) -> None:
    assert the_error(refused("awards/?series=1&series=8"))["code"] == "given_twice"


def test_every_fault_is_named_at_once(release: Release, refused: Refused) -> None:
    problem = refused("places/?level=village&current=yes")
    assert [error["parameter"] for error in problem["errors"]] == ["level", "current"]


HOSTILE = [
    "",
    "\x00",
    "a" * 10_000,
    "２０１７",
    "٣",
    "9" * 40,
    "-1",
    "1e3",
    "0x1",
    "'",
    "%",
    "\ud800",
    "\u202e",
    "2018-02-30",
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.django_db
def test_no_value_breaks_a_list(client: Client, value: str) -> None:
    encoded = value.encode("utf-8", "surrogatepass").decode("latin-1")
    for word, name in EVERY_PARAMETER:
        status = client.get(f"/api/v1/{word}/", {name: encoded}).status_code
        assert status in (200, 400, 404), (word, name)


@pytest.mark.parametrize(
    "value", ["%00", "a" * 10_000, "９", "9" * 40, "-1", "007", "..%2f", "2017-2018%0a", "%ff"]
)
@pytest.mark.django_db
def test_no_part_of_an_address_breaks_anything(client: Client, value: str) -> None:
    for word, resource in RESOURCES.items():
        for part in resource.keys:
            parts = [
                value if name == part else {"edition": "2017-2018"}.get(name, "1") for name in resource.keys
            ]
            assert client.get(f"/api/v1/{word}/{'/'.join(parts)}/").status_code == 404


@given(parameter=st.sampled_from(EVERY_PARAMETER), value=st.text(max_size=120))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_in_any_parameter_is_answered(
    release: Release, client: Client, parameter: tuple[str, str], value: str
) -> None:
    word, name = parameter
    answer = client.get(f"/api/v1/{word}/", {name: value.encode("utf-8", "ignore").decode()})
    assert answer.status_code in (200, 400, 404)
    assert answer.json()
