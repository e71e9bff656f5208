"""Which organisations the room's forms offer."""

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import Organisation
from municipalities.alphabet import alphabetical
from partnerships import rules


def party_organisations() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind__in=rules.PARTY_KINDS).order_by(alphabetical("name"))


def by_kind(organisations: Iterable[Organisation]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Choices under headings: municipalities, police, others."""
    rows = list(organisations)
    kinds = [(Organisation.Kind(kind).label, kind) for kind in rules.PARTY_KINDS]
    groups = [(label, [(o.pk, o.name) for o in rows if o.kind == kind]) for label, kind in kinds]
    return [group for group in groups if group[1]]
