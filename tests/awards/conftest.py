"""Fixtures of the tests about awards."""

import pytest

from awards.models import Award
from tests.factories import awards, registry


@pytest.fixture
def table(db: None) -> Award:
    """An award of a draft with three recipients."""
    draft = awards.empty_draft()
    places = [registry.town(f"33010610{n}", f"第{n}镇") for n in (1, 2, 3)]
    return awards.award(awards.series(draft), winners=[(place.name_zh, place) for place in places])
