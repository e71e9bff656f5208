"""Doors for everybody, without an account and without a cookie: what DOS-lagen asks of every public site."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accessibility import actions, shipped, tasks
from accessibility.forms import FlawForm


@login_not_required
@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """The tillgänglighetsredogörelse that holds. Open to all: the law says so."""
    return render(request, "accessibility/statement.html", {"statement": shipped.statement()})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored of those who visit, and what is not. Open to all, as it is about them."""
    return render(request, "accessibility/privacy.html", {"statement": shipped.statement()})


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report a flaw. Open to all; in place of the CSRF cookie stands the form's own stamp."""
    form = FlawForm(request.POST if request.method == "POST" else None, request=request)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accessibility/report.html", {"form": form})
    if not form.is_robot:
        given = {name: form.cleaned_data[name] for name in ("what", "page", "tools", "email")}
        actions.report(**given)
        tasks.wake()
    return redirect("accessibility:thanks")


@login_not_required
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens next. Open to all, like the form that leads here."""
    return render(request, "accessibility/thanks.html")
