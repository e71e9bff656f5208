"""Error pages that lose nothing, and the health address."""

from urllib.parse import urlsplit

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

LONGEST_KEY = 64  # a checksum is no text
# Parts of the names of fields whose content is shown to nobody and kept nowhere.
SECRET_FIELDS = ("password", "losen", "lösen", "again", "code", "token")


def is_secret(name: str) -> bool:
    """Whether a field of a form holds a password, a code or a key, by its name."""
    return any(word in name.lower() for word in SECRET_FIELDS)


def typed_in(request: HttpRequest) -> list[str]:
    """What a person wrote in the form that was sent: texts, not choices, keys or passwords."""
    return [
        value
        for name in request.POST
        if not is_secret(name)
        for value in request.POST.getlist(name)
        if " " in value.strip() or len(value) > LONGEST_KEY
    ]


def page_of(request: HttpRequest) -> str:
    """The page that a form was sent from, as far as the browser says: many addresses only take what is sent."""
    try:
        referer = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no address at all
        return request.get_full_path()
    if referer.netloc == request.get_host():
        return f"{referer.path}?{referer.query}" if referer.query else referer.path
    return request.get_full_path()


def nearest_page(path: str) -> str:
    """The closest address above that leads anywhere: of .../atgarder/4/logg/ the measure's own page."""
    while path.count("/") > 1:
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page: among the residents' pages one that helps to find the right one, without a menu or an account."""
    path = request.path
    public = path.startswith("/medborgarloften/") and not path.startswith("/medborgarloften/arbete/")
    return render(request, "residents/404.html" if public else "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key was too old: show what was typed so that it can be copied into a fresh page.

    It is not sent on by itself: the check exists to stop other sites from doing that.
    """
    return render(request, "403_csrf.html", {"typed": typed_in(request), "path": page_of(request)}, status=403)


def health(request: HttpRequest) -> JsonResponse:
    """Whether the site can reach its database; for load balancers and container health checks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
