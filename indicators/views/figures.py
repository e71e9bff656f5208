"""Doors to the figures: the catalogue, one indicator, and reading in."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from accounts.models import User
from indicators import actions, catalogue, delivering, pointing, rules, tasks
from indicators.forms import UploadForm
from indicators.models import Delivery, ImportBatch, Indicator
from indicators.pointing_forms import PointOutForm
from journal.models import Event
from journal.steps import take
from lib.swedish import plural
from lib.uploads import FileRefused
from municipalities.models import Municipality

ROWS_PER_PAGE = 50
BATCHES_PER_PAGE = 25
SHOWN_DELIVERIES = 5


def index(request: UserRequest) -> HttpResponse:
    """The catalogue: what is measured, how far the figures reach, and the latest imports."""
    latest = ImportBatch.objects.visible_to(request.user).imported().latest_first()[:5]
    shown = {
        "topics": catalogue.topics(),
        "may_import": rules.may_import(request.user),
        "latest": latest,
    }
    return render(request, "indicators/indicator_list.html", shown)


def detail(request: UserRequest, code: str) -> HttpResponse:
    """One indicator: what it means, a chosen municipality's line beside county and nation, and all municipalities."""
    indicator = get_object_or_404(Indicator, code=code)
    chosen = Municipality.objects.select_related("county").filter(slug=request.GET.get("kommun", "")).first()
    text, everyone = request.GET.get("sok", ""), "alla" in request.GET
    found = catalogue.municipalities(indicator, text, everyone=everyone)
    page = Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("sida"))
    shown = {
        "indicator": indicator,
        "unit": catalogue.unit_in_words(indicator),
        "chosen": chosen,
        "series": catalogue.shown_series(indicator, chosen),
        "heading": catalogue.heading(indicator, chosen),
        "missing": catalogue.missing(chosen),
        "rows": catalogue.rows(indicator, list(page.object_list)),
        "page": page,
        "text": text,
        "everyone": everyone,
    }
    return render(request, "indicators/indicator_detail.html", shown)


def upload(request: UserRequest) -> HttpResponse:
    """Send in a file or many, and the imports so far. Nothing is read in before the next page's button."""
    if not rules.may_import(request.user):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            return _taken_in(form.cleaned_data["file"], form.cleaned_data["year"], by=request.user)
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
    batches = ImportBatch.objects.visible_to(request.user).latest_first().defer("report", "unmatched")
    page = Paginator(batches, BATCHES_PER_PAGE).get_page(request.GET.get("sida"))
    deliveries = Delivery.objects.visible_to(request.user).with_counts().latest_first()[:SHOWN_DELIVERIES]
    return render(request, "indicators/batch_create.html", {"form": form, "page": page, "deliveries": deliveries})


def _taken_in(files: Sequence["UploadedFile[bytes]"], year: int | None, *, by: User) -> HttpResponse:
    """A single file is read at once, many by a worker. Raises FileRefused."""
    if delivering.are_many(files):
        delivery = delivering.receive(files, by=by, year=year)
        tasks.wake_files(delivering.to_wake(delivery))
        return redirect(delivery)
    batch = actions.preview(files[0], by=by, year=year)
    return redirect("indicators:point_out", batch.pk) if rules.needs_pointing_out(batch) else redirect(batch)


def batch(request: UserRequest, pk: int) -> HttpResponse:
    """What a file would change, or did; with all that was not read in."""
    shown_batch = _batch(request, pk)
    unmatched = Paginator(shown_batch.unmatched, ROWS_PER_PAGE).get_page(request.GET.get("sida"))
    shown = {
        "batch": shown_batch,
        "report": shown_batch.report,
        "places": catalogue.places_in_words(shown_batch.report["places"]),
        "years": catalogue.years_in_words(*shown_batch.report["years"]),
        "source": catalogue.source_in_words(shown_batch),
        "unknown": [one for one in shown_batch.report["measures"] if not one["known"]],
        "changes_nothing": not shown_batch.new_count and not shown_batch.changed_count,
        "municipalities": catalogue.municipalities_named(shown_batch.report["places"]),
        "counts_label": "Det här läses in" if shown_batch.status == "previewed" else "Det här stod i filen",
        "unmatched": unmatched,
        "steps": rules.next_steps(request.user, shown_batch),
        "may_be_pointed_out": rules.may_be_pointed_out(shown_batch),
        "needs_pointing_out": rules.needs_pointing_out(shown_batch),
        "events": Event.objects.about(shown_batch),
    }
    return render(request, "indicators/batch_detail.html", shown)


def point_out(request: UserRequest, pk: int) -> HttpResponse:
    """Say what stands where in a table of no known kind."""
    pointed = _batch(request, pk)
    if not rules.may_be_pointed_out(pointed):
        return redirect(pointed)
    sheet = request.POST.get("sheet") or request.GET.get("blad", "")
    try:
        look = pointing.look(pointed, int(sheet[:4]) if sheet.isdecimal() else None)
    except FileRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(pointed)
    form = PointOutForm(request.POST or None, look=look)
    if request.method == "POST" and form.is_valid() and _is_pointed_out(form, pointed, by=request.user):
        return redirect(pointed)
    return render(request, "indicators/batch_point_out.html", {"batch": pointed, "look": look, "form": form})


def _is_pointed_out(form: PointOutForm, batch: ImportBatch, *, by: User) -> bool:
    """Whether the table could be read so; if not, the form says why."""
    try:
        pointing.point_out(batch, form.mapping(), by=by)
    except pointing.FewCounted as refusal:
        form.ask_if_published(str(refusal))
    except FileRefused as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False


@require_POST
def confirm(request: UserRequest, pk: int) -> HttpResponse:
    """Let the figures in."""
    confirmed = _batch(request, pk)
    try:
        counts = actions.confirm(confirmed, by=request.user)
    except FileRefused as refusal:
        messages.error(request, str(refusal))
    else:
        read = plural(counts.new + counts.changed, "siffra är inläst", "siffror är inlästa")
        messages.success(request, f"{read}: {counts.new} nya och {counts.changed} ändrade.")
    return redirect(confirmed)


@require_POST
def discard(request: UserRequest, pk: int) -> HttpResponse:
    """Throw the preview away; the original stays, as a record of what was sent in."""
    discarded = _batch(request, pk)
    take(rules.DISCARD, discarded, by=request.user)
    messages.success(request, "Filen är kastad. Inga siffror har lästs in.")
    return redirect("indicators:upload")


def original(request: UserRequest, pk: int) -> FileResponse:
    """The file as it was sent in."""
    stored = _batch(request, pk)
    return FileResponse(stored.file.open("rb"), as_attachment=True, filename=stored.original_name)


def _batch(request: UserRequest, pk: int) -> ImportBatch:
    if not rules.may_import(request.user):
        raise PermissionDenied
    found = ImportBatch.objects.visible_to(request.user).select_related("created_by", "imported_by")
    return get_object_or_404(found, pk=pk)
