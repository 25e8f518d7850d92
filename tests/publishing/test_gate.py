import pytest

from awards.models import Award, Edition, Release
from cityrank.publishing.gate import Withdrawn, frozen_gate, open_gate, public_places, public_subjects
from cityrank.publishing.guards import guarded_models
from cityrank.publishing.workflow import publish_unattended
from cityrank.registry.models import Organisation
from tests.factories import awards, registry

pytestmark = pytest.mark.django_db


def test_the_public_reads_the_current_release_and_nothing_else(release: Release, draft: Release) -> None:
    gate = open_gate()
    for model in guarded_models():
        rows = gate.rows(model)
        assert {row.owning_release for row in rows} <= {release}
        assert rows.count() == model.objects.of_release(release).count()


def test_an_edition_without_a_published_release_does_not_exist_for_the_public(release: Release) -> None:
    awards.empty_draft("2018-2019")
    assert list(open_gate().editions()) == [release.edition]


def test_a_line_is_public_with_its_first_published_award(release: Release, draft: Release) -> None:
    assert "topsecret-award" not in open_gate().lines().values_list("slug", flat=True)
    publish_unattended(draft, reason="更正")
    assert "topsecret-award" in open_gate().lines().values_list("slug", flat=True)


def test_a_superseded_release_stays_readable_at_its_frozen_address(release: Release, draft: Release) -> None:
    publish_unattended(draft, reason="更正")
    titles = set(frozen_gate("2017-2018", 1).rows(Award).values_list("title_printed", flat=True))
    assert titles == {"最具影响力智慧城市"}


@pytest.mark.parametrize(("label", "number"), [("2017-2018", 2), ("2017-2018", 9), ("2099", 1)])
def test_a_draft_has_no_frozen_address(label: str, number: int, draft: Release) -> None:
    with pytest.raises(Release.DoesNotExist):
        frozen_gate(label, number)


def test_a_withdrawn_release_says_so(release: Release) -> None:
    Release.objects.filter(pk=release.pk).update(status="withdrawn", withdrawal="数据有误")
    with pytest.raises(Withdrawn) as caught:
        frozen_gate("2017-2018", 1)
    assert caught.value.release.withdrawal == "数据有误"
    assert not open_gate().editions().exists()
    assert Edition.objects.exists()


def test_the_gazetteer_is_public_and_what_people_enter_is_so_once_it_is_named(release: Release) -> None:
    entered = registry.zone("new-zone", "新小镇", public=False)
    assert registry.xihu() in public_places()
    assert entered not in public_places()


def test_organisers_and_providers_are_public_once_published(release: Release, draft: Release) -> None:
    public = set(public_subjects(Organisation.objects.all()).values_list("slug", flat=True))
    assert "institute" in public
    assert "topsecret" not in public
