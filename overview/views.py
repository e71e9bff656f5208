"""Doors to the start page, the municipalities, and the page of a partnership."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import UserRequest
from accounts.models import Role, User
from accounts.roles import PARTY_ROLES
from accounts.rules import administered, is_outside
from lib.dates import today
from lib.swedish import MISSING, listing, number, plural
from municipalities import CREDITS
from municipalities.models import LocalPoliceArea, Municipality
from overview import figures as charts
from overview import todo
from overview.municipality_list import municipality_list
from overview.oversight import oversight
from overview.thread_drawing import draw
from overview.thread_page import thread_page
from overview.workspace import Workspace, workspace
from partnerships.models import Cycle, Partnership
from partnerships.rules import is_member, is_overseer, may_start


def start(request: UserRequest) -> HttpResponse:
    """What waits for the person, and for those who oversee, how their municipalities stand."""
    user, day = request.user, today()
    if is_outside(user):
        return redirect("agreements:own")
    groups = todo.groups(user, day) if PARTY_ROLES & user.roles else []
    page = Paginator(groups, todo.GROUPS_PER_PAGE).get_page(request.GET.get("sida"))
    todo.add_steps(list(page), day)
    overseen = oversight(user, day) if is_overseer(user) or user.is_administrator else None
    context = {
        "page": page,
        "is_party": bool(PARTY_ROLES & user.roles),
        "invites": administered(user) if not PARTY_ROLES & user.roles else [],
        "may_start": may_start(user),
        "oversight": overseen,
        "title": _title(user, groups) if groups or not overseen else "Läget i dag",
        "sentence": _greeting(user, groups),
    }
    return render(request, "overview/start.html", context)


def _only_reads(user: User) -> bool:
    return PARTY_ROLES & user.roles == {Role.READER}


def _title(user: User, groups: list[todo.Group]) -> str:
    return "Det här väntar i samverkan" if groups and _only_reads(user) else "Att göra"


def _greeting(user: User, groups: list[todo.Group]) -> str:
    waiting = sum(len(group.items) for group in groups)
    if not waiting:
        return f"Inget väntar {'i samverkan' if _only_reads(user) else 'på dig'} just nu."
    return f"{plural(waiting, 'sak', 'saker')} väntar, det mest brådskande först."


def municipalities(request: UserRequest) -> HttpResponse:
    """The list of municipalities with search, filters and the tile map."""
    found = municipality_list(request.user, request.GET, today())
    return render(request, "overview/municipality_list.html", {"list": found, "credits": CREDITS})


def municipality(request: UserRequest, slug: str) -> HttpResponse:
    """A municipality in its partnership; a choice where there are several; public facts where there is none."""
    place = get_object_or_404(Municipality.objects.select_related("county__police_region"), slug=slug)
    found = list(Partnership.objects.visible_to(request.user).in_municipality(place))
    asked = request.GET.get("samverkan", "")
    chosen = [partnership for partnership in found if str(partnership.pk) == asked] if asked else found
    if not found:
        return _public_facts(request, place)
    if len(chosen) != 1:
        return render(
            request,
            "overview/municipality_choice.html",
            {"place": place, "partnerships": found, "crumbs": _crumbs(place)},
        )
    made = workspace(request.user, chosen[0], place, today())
    return _page(request, made, others=len(found) > 1)


def _public_facts(request: UserRequest, place: Municipality) -> HttpResponse:
    context = {
        "place": place,
        "crumbs": _crumbs(place),
        "facts": _facts(place),
        "sentence": "Ingen samverkan i kommunen visas för dig. Här är det som är offentligt.",
        "charts": charts.preview(place),
        "may_start": _may_start_here(request.user, place),
    }
    return render(request, "overview/municipality_facts.html", context)


def _crumbs(place: Municipality, *more: str) -> list[tuple[str, str]]:
    home = reverse("overview:municipalities")
    above = [("Kommuner", home), (place.county.name, f"{home}?lan={place.county.code}")]
    own = reverse("overview:municipality", args=[place.slug]) if more else ""
    return [*above, (place.name, own), *((title, "") for title in more)]


def _facts(place: Municipality) -> list[tuple[str, str]]:
    areas = listing([area.name for area in LocalPoliceArea.objects.covering(place, today())])
    year = f" ({place.population_year})" if place.population_year else ""
    return [
        ("Län", place.county.name),
        ("Polisregion", place.county.police_region.name),
        ("Lokalpolisområde", areas or MISSING),
        ("Folkmängd", f"{number(place.population)}{year}"),
    ]


def _may_start_here(user: User, place: Municipality) -> bool:
    own = {m.organisation.municipality_id for m in user.memberships_now}
    return may_start(user) and place.pk in own


def partnership(request: UserRequest, pk: int) -> HttpResponse:
    """The whole partnership."""
    found = get_object_or_404(Partnership.objects.visible_to(request.user), pk=pk)
    return _page(request, workspace(request.user, found, None, today()))


def cycle(request: UserRequest, pk: int) -> HttpResponse:
    """A cycle, open or as it ended."""
    cycles = Cycle.objects.visible_to(request.user).select_related("partnership", "municipality")
    found = get_object_or_404(cycles, pk=pk)
    made = workspace(request.user, found.partnership, found.municipality, today(), found)
    return _page(request, made)


def _page(request: UserRequest, made: Workspace, *, others: bool = False) -> HttpResponse:
    shown = made.shown_step(request.GET.get("steg", ""))
    context = {
        "made": made,
        "track": made.track(request.GET),
        "shown": shown,
        "lines": made.lines(shown),
        "others": others,
    }
    return render(request, "overview/workspace.html", context)


def thread(request: UserRequest, pk: int) -> HttpResponse:
    """The red thread of a cycle, one municipality's part of it, or one problem's: for the parties only."""
    found = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("partnership"), pk=pk)
    if not is_member(request.user, found.partnership):
        raise PermissionDenied
    asked = {name: request.GET.get(name, "") for name in ("kommun", "problem", "storlek", "visa")}
    try:
        page = thread_page(request.user, found, today(), asked)
    except Municipality.DoesNotExist as error:
        raise Http404 from error
    drawings = [(drawn, draw(drawn)) for drawn in page.drawings] if page.view != "lista" else []
    return render(request, "overview/thread.html", {"page": page, "cycle": found, "drawings": drawings})


def figures(request: UserRequest, slug: str) -> HttpResponse:
    """Every figure of a municipality beside county, nation and similar municipalities. Public statistics."""
    place = get_object_or_404(Municipality.objects.select_related("county"), slug=slug)
    shown = charts.page(place, request.user, request.GET)
    return render(
        request,
        "overview/figures.html",
        {"place": place, "page": shown, "crumbs": _crumbs(place, "Siffror")},
    )
