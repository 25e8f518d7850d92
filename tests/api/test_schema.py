"""The OpenAPI description, and the page that shows it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from awards.models import Release
from cityrank.api.urls import RESOURCES

Ask = Callable[..., HttpResponse]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


def test_the_description_is_valid_and_made_without_a_warning(tmp_path: object) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))


def test_it_describes_every_list_and_every_object(schema: dict) -> None:
    assert schema["openapi"] == "3.1.0"
    operations = {operation["get"]["operationId"] for operation in schema["paths"].values()}
    expected = {f"list_{word}".replace("-", "_") for word in RESOURCES}
    expected |= {f"get_{resource.singular}".replace("-", "_") for resource in RESOURCES.values()}
    assert expected | {"root"} == operations


def test_every_parameter_that_a_list_takes_is_described(schema: dict) -> None:
    for word, resource in RESOURCES.items():
        described = {one["name"] for one in schema["paths"][f"/api/v1/{word}/"]["get"]["parameters"]}
        assert described == {*resource.filterset_class.base_filters, "page", "page_size"}


def test_every_error_is_described_as_a_problem(schema: dict) -> None:
    for path, operations in schema["paths"].items():
        for status, answer in operations["get"]["responses"].items():
            if status != "200":
                assert list(answer["content"]) == ["application/problem+json"], (path, status)


@pytest.mark.parametrize("word", RESOURCES)
def test_a_real_row_has_exactly_the_fields_described(
    release: Release, ask: Ask, schema: dict, word: str
) -> None:
    rows = ask(f"{word}/").json()["results"]
    component = schema["components"]["schemas"][_component(schema, word)]
    for row in rows:
        assert set(row) == set(component["properties"])
        assert set(row) == set(component["required"])


def _component(schema: dict, word: str) -> str:
    page = schema["paths"][f"/api/v1/{word}/"]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    page = schema["components"]["schemas"][page["$ref"].rsplit("/", 1)[1]]
    return page["properties"]["results"]["items"]["$ref"].rsplit("/", 1)[1]


def test_the_page_needs_no_other_host_and_no_inline_script(client: Client, db: None) -> None:
    answer = client.get("/api/docs/")
    page = answer.content.decode()
    assert not re.search(r"(src|href)=\"(https?:)?//", page)
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    policy = answer.headers["Content-Security-Policy"]
    assert re.search(r"script-src 'self'(;|$)", policy)
    assert "unsafe-inline" in policy
    assert "unsafe-inline" not in client.get("/api/v1/").headers["Content-Security-Policy"]


def test_the_page_loads_its_script_and_the_description_from_here(client: Client, db: None) -> None:
    script = client.get("/api/docs/?script=")
    assert script.headers["Content-Type"].startswith("application/javascript")
    assert "/api/schema/" in script.content.decode()
    assert client.get("/api/schema/").status_code == 200
