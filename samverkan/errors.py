"""Error pages that lose nothing, and the health address."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

SECRET_FIELDS = ("password", "code", "csrf", "token")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key was too old: show what was typed so that it can be copied into a fresh page.

    It is not sent on by itself: the check exists to stop other sites from doing that.
    """
    typed = [
        (name, value)
        for name in request.POST
        if not any(word in name.lower() for word in SECRET_FIELDS)
        for value in request.POST.getlist(name)
        if value
    ]
    return render(request, "403_csrf.html", {"typed": typed, "path": request.path}, status=403)


def health(request: HttpRequest) -> JsonResponse:
    """Whether the site can reach its database; for load balancers and container health checks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
