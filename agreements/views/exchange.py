"""Doors to Excel: what goes out, and what comes in row by row."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from agreements import exporting, import_template, importing, rules
from agreements.forms import RowsForm, WorkbookForm
from agreements.models import WorkbookImport
from agreements.views.common import PER_PAGE, asked_partnership, list_of
from journal.models import Event
from journal.steps import Refused
from lib.swedish import plural
from lib.uploads import FileRefused
from partnerships.models import Partnership
from partnerships.rules import is_member

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _members_partnership(request: UserRequest) -> Partnership:
    partnership = asked_partnership(request)
    if not is_member(request.user, partnership):
        raise PermissionDenied
    return partnership


def exchange(request: UserRequest) -> HttpResponse:
    """Take everything out as Excel, or send in earlier agreements and plans."""
    partnership = _members_partnership(request)
    may_import = rules.may_import(request.user, partnership)
    if request.method == "POST" and not may_import:
        raise PermissionDenied
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(importing.preview(form.cleaned_data["file"], partnership, by=request.user))
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
    earlier = WorkbookImport.objects.visible_to(request.user).filter(partnership=partnership).latest_first()
    page = Paginator(earlier, PER_PAGE).get_page(request.GET.get("sida"))
    context = {"partnership": partnership, "form": form, "may_import": may_import, "page": page}
    return render(request, "agreements/exchange.html", context)


@require_POST
def export(request: UserRequest) -> FileResponse:
    """Everything that the person may see of the partnership, as a workbook. The book says who took it out."""
    partnership = _members_partnership(request)
    file = exporting.export(partnership, by=request.user)
    return FileResponse(file, as_attachment=True, filename=exporting.file_name(partnership), content_type=XLSX)


def template(request: UserRequest) -> HttpResponse:
    """The workbook to fill in."""
    _members_partnership(request)
    said = {"Content-Disposition": 'attachment; filename="mall-overenskommelser-och-planer.xlsx"'}
    return HttpResponse(import_template.build(), content_type=XLSX, headers=said)


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """What each row would become, or became."""
    workbook = _workbook(request, pk)
    became = {f"{one.sheet}:{one.number}": one.became for one in _became(workbook)}
    context = {
        "workbook": workbook,
        "rows": [(_told(row, workbook, became), became.get(row["key"])) for row in workbook.rows],
        "steps": rules.next_import_steps(request.user, workbook),
        "events": Event.objects.about(workbook),
        "list": list_of(workbook.partnership, "agreements:exchange"),
    }
    return render(request, "agreements/import_detail.html", context)


def _told(row: dict[str, Any], workbook: WorkbookImport, became: dict[str, Any]) -> dict[str, Any]:
    """The row as it was judged; once the workbook is read in, with what came of it."""
    if workbook.imported_at is None or row["state"] != "good":
        return row
    word, tone = ("Inläst", "ok") if row["key"] in became else ("Inte vald", "idle")
    return row | {"word": word, "tone": tone}


def _became(workbook: WorkbookImport) -> list:  # type: ignore[type-arg]  # of ImportedRow
    return list(workbook.imported_rows.select_related("agreement", "goal", "measure", "plan"))


@require_POST
def confirm(request: UserRequest, pk: int) -> HttpResponse:
    """Read in the chosen rows, all or none."""
    workbook = _changed_workbook(request, pk)
    form = RowsForm(request.POST, workbook=workbook)
    if not form.is_valid():
        messages.error(request, str(form.errors["rows"][0]))
        return redirect(workbook)
    try:
        count = importing.confirm(workbook, chosen=form.cleaned_data["rows"], by=request.user)
    except FileRefused as refusal:
        messages.error(request, str(refusal))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{plural(count, 'rad är inläst', 'rader är inlästa')}.")
    return redirect(workbook)


@require_POST
def discard(request: UserRequest, pk: int) -> HttpResponse:
    """Throw the preview away."""
    workbook = _changed_workbook(request, pk)
    importing.discard(workbook, by=request.user)
    messages.success(request, "Filen är kastad. Inget har lästs in.")
    return redirect(list_of(workbook.partnership, "agreements:exchange"))


def original(request: UserRequest, pk: int) -> FileResponse:
    """The file as it was sent in."""
    workbook = _workbook(request, pk)
    if not rules.may_open_original(request.user, workbook):
        raise PermissionDenied
    return FileResponse(workbook.file.open("rb"), as_attachment=True, filename=workbook.original_name)


def _workbook(request: UserRequest, pk: int) -> WorkbookImport:
    found = WorkbookImport.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("partnership", "created_by", "imported_by"), pk=pk)


def _changed_workbook(request: UserRequest, pk: int) -> WorkbookImport:
    workbook = _workbook(request, pk)
    if not rules.may_import(request.user, workbook.partnership):
        raise PermissionDenied
    return workbook
