"""The door to capacity: planned hours per function and month against what was set aside."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import UserRequest
from agreements import capacity, capacity_bars
from agreements.views.common import asked_partnership
from lib.dates import add_months, today
from lib.form_parts import FIRST_YEAR, LAST_YEAR
from partnerships.rules import is_member


def index(request: UserRequest) -> HttpResponse:
    """Twelve months from the one asked for, of the partnership or of one municipality in it."""
    partnership = asked_partnership(request)
    if not is_member(request.user, partnership):
        raise PermissionDenied
    municipalities = list(partnership.municipalities())
    municipality = next((one for one in municipalities if one.slug == request.GET.get("kommun")), None)
    first = _asked_month(request.GET.get("fran", ""))
    found = capacity.of(partnership, municipality, first)
    context = {
        "partnership": partnership,
        "municipality": municipality,
        "municipalities": municipalities,
        "found": found,
        "seats": [capacity_bars.shown(line, found.months) for line in [*found.seats, *found.seatless]],
        "parties": [capacity_bars.shown(line, found.months) for line in found.parties],
        "months": [(month, capacity_bars.short(month)) for month in found.months],
        "over": [(line, [capacity_bars.short(cell.month) for cell in cells]) for line, cells in found.over],
        "full_time": capacity.FULL_TIME_HOURS_PER_MONTH,
        "first": f"{first:%Y-%m}",
        "turns": [(f"{add_months(first, months):%Y-%m}", words) for months, words in TURNS],
    }
    return render(request, "agreements/capacity.html", context)


TURNS = [(-12, "Tolv månader tidigare"), (12, "Tolv månader senare")]


def _asked_month(asked: str) -> dt.date:
    """The month in the address as "2026-04"; this month when it is none, or one that nobody plans for."""
    try:
        month = dt.date.fromisoformat(f"{asked}-01")
    except ValueError:
        return capacity.month_of(today())
    return month if FIRST_YEAR < month.year < LAST_YEAR else capacity.month_of(today())
