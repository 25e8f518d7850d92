"""Fixtures of the tests about awards."""

import pytest
from django.test import Client

from awards.models import Award
from tests.factories import accounts, awards, registry


@pytest.fixture
def table(evaluator: Client) -> Award:
    """An award of a draft with three recipients, assigned to the evaluator with all the rest."""
    draft = awards.empty_draft()
    places = [registry.town(f"33010610{n}", f"第{n}镇") for n in (1, 2, 3)]
    award = awards.award(awards.series(draft), winners=[(place.name_zh, place) for place in places])
    accounts.takes_all(draft)
    return award
