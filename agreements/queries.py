"""Questions that other rooms ask about agreements and measures."""

import datetime as dt

from django.db.models import F

from agreements.models import Agreement, AgreementQuerySet, Measure, MeasureQuerySet
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership
from situation.queries import concerning


def agreements_of(partnership: Partnership, municipality: Municipality | None = None) -> AgreementQuerySet:
    """The partnership's agreements, the municipality's own and those it is a party to; the latest first, no texts."""
    found = Agreement.objects.filter(partnership=partnership).concerning(municipality)
    return found.without_texts().with_successor().order_by("-starts", "-pk")


def current_agreement(partnership: Partnership, municipality: Municipality | None, day: dt.date) -> Agreement | None:
    """The agreement in force on the day: the municipality's own before the common one, the latest before an older."""
    in_force = agreements_of(partnership, municipality).in_force(day)
    if municipality is None:
        in_force = in_force.filter(municipality=None)
    return in_force.order_by(F("municipality").asc(nulls_last=True), "-starts", "-pk").first()


def measures_of(cycle: Cycle, municipality: Municipality | None = None) -> MeasureQuerySet:
    """The cycle's measures, the municipality's own and the common ones, with their counts, all in one query."""
    found = Measure.objects.filter(concerning(municipality), cycle=cycle).with_count()
    return found.select_related("problem", "responsible__organisation", "municipality")
