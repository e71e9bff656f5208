import pytest
from django.core.cache import cache

from accessibility.models import Statement
from accessibility.shipped import SHIPPED
from tests import factories


@pytest.fixture(autouse=True)
def _nobody_has_sent_anything_today():
    cache.clear()


@pytest.fixture
def write(db):
    """The operator writes a version of its own."""

    def do(**fields):
        given = {"operator": "Lycksele kommun", "email": "tillganglighet@example.se"} | fields
        return Statement.objects.create(created_by=factories.UserFactory(), **{**SHIPPED, **given})

    return do
