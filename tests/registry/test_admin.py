"""The admin of places, organisations and apps."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cityrank.registry.models import Alias, Organisation, Place
from tests.factories import accounts, registry


def suggestions(
    client: Client, term: str, model: str = "recipient", field: str = "subject", app: str = "awards"
) -> list:
    parameters = {"term": term, "app_label": app, "model_name": model, "field_name": field}
    return [row["text"] for row in client.get("/admin/autocomplete/", parameters).json()["results"]]


@pytest.fixture
def namesakes(db: None) -> list[Place]:
    """Two districts called 鼓楼区."""
    jiangsu = registry.place("320000", "江苏省", "province", name_en="Jiangsu")
    nanjing = registry.place("320100", "南京市", "prefecture", jiangsu, name_en="Nanjing")
    xuzhou = registry.place("320300", "徐州市", "prefecture", jiangsu, name_en="Xuzhou")
    return [
        registry.place("320106", "鼓楼区", "county", nanjing),
        registry.place("320302", "鼓楼区", "county", xuzhou),
    ]


@pytest.mark.parametrize("term", ["鼓楼", "鼓楼区", "gulou", "Gu Lou", "glq"])
def test_a_place_is_suggested_by_name_pinyin_and_initials_with_its_path(
    evaluator: Client, namesakes: list[Place], term: str
) -> None:
    assert suggestions(evaluator, term) == [
        "鼓楼区 · 江苏省南京市 · 320106",
        "鼓楼区 · 江苏省徐州市 · 320302",
    ]


def test_a_code_or_another_name_is_enough(evaluator: Client, namesakes: list[Place]) -> None:
    Alias.objects.create(subject=namesakes[0], text="下关")
    assert suggestions(evaluator, "320302") == ["鼓楼区 · 江苏省徐州市 · 320302"]
    assert suggestions(evaluator, "下关") == ["鼓楼区 · 江苏省南京市 · 320106"]


def test_a_former_place_is_suggested_with_its_dates(evaluator: Client) -> None:
    registry.renamed_county()
    found = suggestions(evaluator, "孟津县")
    assert len(found) == 1
    assert "2021-03-17" in found[0]


def test_readers_of_english_see_the_chinese_name_too(evaluator: Client, namesakes: list[Place]) -> None:
    parameters = {"term": "gulou", "app_label": "awards", "model_name": "recipient", "field_name": "subject"}
    with translation.override("zh-hans"):  # the request sets the language of the thread
        first = evaluator.get("/en/admin/autocomplete/", parameters).json()["results"][0]["text"]
    assert "鼓楼区" in first
    assert "Nanjing, Jiangsu" in first


def test_organisations_and_apps_are_subjects_too(evaluator: Client) -> None:
    registry.app()
    assert suggestions(evaluator, "腾讯")[0].startswith("腾讯 · ")
    assert suggestions(evaluator, "weixin")[0].startswith("微信")
    assert suggestions(evaluator, "tengxun", "organiser", "organisation")[0].startswith("腾讯")


def test_nothing_typed_suggests_nothing(evaluator: Client, namesakes: list[Place]) -> None:
    assert suggestions(evaluator, "") == []
    assert suggestions(evaluator, "  ") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_suggestions_take_the_same_queries_at_any_number_of_places(
    evaluator: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        registry.town(f"33010610{number}", f"三墩{number}镇")
    with django_assert_num_queries(10):
        assert len(suggestions(evaluator, "sandun")) == rows


def test_a_stranger_gets_no_suggestions(client: Client, namesakes: list[Place]) -> None:
    parameters = {"term": "gulou", "app_label": "awards", "model_name": "recipient", "field_name": "subject"}
    assert client.get(reverse("admin:autocomplete"), parameters).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", ["place", "city", "town", "organisation", "app"])
def test_lists_take_the_same_queries_at_any_number_of_rows(
    evaluator: Client, name: str, rows: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(rows):
        registry.town(f"33010610{number}", f"三墩{number}镇")
        registry.place(f"33{number}100", f"第{number}市", "prefecture", registry.zhejiang())
        registry.app(f"app-{number}", f"应用{number}")
    with django_assert_max_num_queries(12):
        assert evaluator.get(reverse(f"admin:registry_{name}_changelist")).status_code == 200


@pytest.mark.parametrize("name", ["place", "city", "town"])
def test_the_history_of_a_place_is_there_under_each_of_its_names(evaluator: Client, name: str) -> None:
    place = registry.town() if name == "town" else registry.hangzhou()
    address = reverse(f"admin:registry_{name}_change", args=[place.pk])
    data = _form(evaluator.get(address)) | {"note": "核对过"}
    assert evaluator.post(address, data).status_code == 302
    page = evaluator.get(reverse(f"admin:registry_{name}_history", args=[place.pk])).content.decode()
    assert "核对过" in page
    assert "evaluator" in page


def _form(response: Any) -> dict[str, object]:
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {field.html_name: field.value() for form in forms for field in form}
    return {name: "" if value is None else value for name, value in data.items()}


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"level": "township"}, ["三墩镇"]),
        ({"time": "former"}, ["孟津县"]),
        ({"tier": "municipality"}, ["北京市"]),
        ({"q": "hangzhou"}, ["杭州市"]),
        ({"q": "330106"}, ["西湖区"]),
    ],
)
def test_places_are_filtered_and_searched(evaluator: Client, parameters: dict, found: list[str]) -> None:
    registry.town()
    registry.renamed_county()
    registry.municipality_tier(registry.beijing())
    shown = evaluator.get(reverse("admin:registry_place_changelist"), parameters).context["cl"].result_list
    assert [place.name_zh for place in shown] == found


def test_places_are_filtered_by_province(evaluator: Client) -> None:
    registry.town()
    registry.renamed_county()
    parameters = {"province": registry.zhejiang().pk}
    shown = evaluator.get(reverse("admin:registry_place_changelist"), parameters).context["cl"].result_list
    assert {place.name_zh for place in shown} == {"杭州市", "西湖区", "三墩镇"}


def test_an_evaluator_adds_a_zone_and_deletes_nothing(evaluator: Client) -> None:
    parent = registry.xihu()
    address = reverse("admin:registry_place_add")
    data = _form(evaluator.get(address)) | {
        "name_zh": "云谷小镇", "level": "zone", "slug": "yungu-xiaozhen", "parent": parent.pk,
    }  # fmt: skip
    assert evaluator.post(address, data).status_code == 302
    place = Place.objects.get(slug="yungu-xiaozhen")
    assert (place.province, place.pinyin_key[:4]) == (registry.zhejiang(), "yung")
    assert evaluator.get(reverse("admin:registry_place_delete", args=[place.pk])).status_code == 403


def test_a_second_current_holder_of_a_code_is_refused_at_the_code(evaluator: Client) -> None:
    registry.xihu()
    data = {
        "name_zh": "西湖新区",
        "level": "county",
        "code": "330106",
        "slug": "x",
        "parent": registry.hangzhou().pk,
    }
    address = reverse("admin:registry_place_add")
    response = evaluator.post(address, _form(evaluator.get(address)) | data)
    assert "code" in response.context["adminform"].form.errors


def test_a_subject_leads_to_the_page_of_what_it_is(evaluator: Client) -> None:
    tencent = registry.organisation()
    response = evaluator.get(reverse("admin:registry_subject_change", args=[tencent.pk]))
    assert response.headers["Location"] == reverse("admin:registry_organisation_change", args=[tencent.pk])
    assert Organisation.objects.count() == 1


def test_the_history_of_a_subject_is_that_of_what_it_is(evaluator: Client) -> None:
    key = registry.hangzhou().pk
    history = reverse("admin:registry_place_history", args=[key])
    for page in ([key], [key, 1]):
        name = "history" if len(page) == 1 else "simple_history"
        answer = evaluator.get(reverse(f"admin:registry_subject_{name}", args=page))
        assert (answer.status_code, answer["Location"]) == (302, history)
    assert evaluator.get(reverse("admin:registry_subject_history", args=["abc"])).status_code == 404


def test_accounts_and_sign_ins_are_for_superusers(evaluator: Client) -> None:
    for name in ("auth_user", "auth_group", "axes_accesslog", "axes_accessattempt", "axes_accessfailurelog"):
        assert evaluator.get(reverse(f"admin:{name}_changelist")).status_code == 403
    chief = accounts.user("publisher", "chief")
    chief.is_superuser = True
    chief.save()
    client = Client()
    client.force_login(chief)
    for name in ("auth_user", "auth_group", "axes_accesslog", "axes_accessattempt", "axes_accessfailurelog"):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200
    assert client.get(reverse("admin:auth_user_change", args=[chief.pk])).status_code == 200
    assert client.get(reverse("admin:auth_user_add")).status_code == 200
