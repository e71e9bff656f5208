"""Doors to the reports: lägesrapporter, lägesbilder, agreements and action plans."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from agreements.models import ActionPlan, Agreement
from lib.addresses import number_in
from lib.dates import today
from municipalities.models import Municipality
from partnerships.models import Partnership
from reports import actions, documents, rules, tasks
from reports.forms import OrderForm, OrderPictureForm
from reports.models import Report
from situation.models import Picture

STAGES = [(10, "Samlar innehållet"), (25, "Sätter sidorna"), (60, "Skriver sidorna"), (90, "Sparar filen")]


def index(request: UserRequest) -> HttpResponse:
    """Earlier reports, latest first, and where to order a new one."""
    found = Report.objects.visible_to(request.user).defer("content").select_related("partnership", "municipality")
    chosen = request.GET.get("samverkan", "")
    if chosen:
        found = found.filter(partnership=number_in(request, "samverkan"))
    page = Paginator(found, 25).get_page(request.GET.get("sida"))
    mine = Partnership.objects.of(request.user)
    return render(request, "reports/report_list.html", {"page": page, "mine": mine, "chosen": chosen})


def create(request: UserRequest) -> HttpResponse:
    """Order a report of a partnership or one of its municipalities."""
    partnership = _asked_partnership(request)
    if not rules.may_order(request.user, partnership):
        raise PermissionDenied
    start = {"municipality": Municipality.objects.filter(slug=request.GET.get("kommun", "")).first()}
    form = OrderForm(request.POST or None, initial=start, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid():
        report = actions.order(partnership, by=request.user, day=today(), **form.cleaned_data)
        tasks.wake(report.pk)
        return redirect(report)
    return render(request, "reports/report_create.html", {"form": form, "partnership": partnership})


def order_picture(request: UserRequest, pk: int) -> HttpResponse:
    """Order a lägesbild as PDF: what will stand in it, who may open it, and those made before."""
    picture = get_object_or_404(Picture.objects.visible_to(request.user).without_content(), pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = OrderPictureForm(posted, audiences=rules.audiences(request.user, picture))
    if posted is not None and form.is_valid():
        report, is_new = actions.order_picture(picture, by=request.user, day=today(), **form.cleaned_data)
        if is_new:
            tasks.wake(report.pk)
        else:
            messages.info(request, "Det dokumentet är redan beställt. Här är det.")
        return redirect(report)
    made = Report.objects.visible_to(request.user).filter(kind=Report.Kind.PICTURE, picture=picture).defer("content")
    context = {"form": form, "picture": picture, "made": made}
    return render(request, "reports/picture_order.html", context)


def order_agreement(request: UserRequest, pk: int) -> HttpResponse:
    """Order an agreement as PDF, with the fields where it is signed."""
    found = Agreement.objects.visible_to(request.user).select_related("partnership", "municipality")
    agreement = get_object_or_404(found, pk=pk)
    return _order_document(request, agreement, rules.reach_of_agreement(request.user, agreement), "agreement")


def order_plan(request: UserRequest, pk: int) -> HttpResponse:
    """Order an action plan as PDF, in the handbook's columns."""
    found = ActionPlan.objects.visible_to(request.user).without_content()
    plan = get_object_or_404(found.select_related("partnership", "municipality"), pk=pk)
    return _order_document(request, plan, rules.reach_of_plan(plan), "plan")


def _order_document(
    request: UserRequest, subject: Agreement | ActionPlan, audience: Report.Audience, kind: str
) -> HttpResponse:
    """What will stand in it and who may open it, then the button; and those made before."""
    if request.method == "POST":
        report, is_new = actions.order_document(subject, by=request.user, day=today(), audience=audience)
        if is_new:
            tasks.wake(report.pk)
        else:
            messages.info(request, "Det dokumentet är redan beställt. Här är det.")
        return redirect(report)
    made = Report.objects.visible_to(request.user).filter(kind=kind, **{kind: subject}).defer("content")
    context = {"subject": subject, "made": made, "audience": audience, "is_plan": kind == Report.Kind.PLAN}
    return render(request, "reports/document_order.html", context)


def _asked_partnership(request: UserRequest) -> Partnership:
    """The partnership in the address; without one, the person's only one."""
    mine = Partnership.objects.visible_to(request.user)
    if "samverkan" not in request.GET and mine.count() == 1:
        return mine.get()
    return get_object_or_404(mine, pk=number_in(request, "samverkan"))


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """The report's page: progress while it is made, then the file."""
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/report_detail.html", _shown(request, report))


@cache_control(no_store=True)
def progress(request: UserRequest, pk: int) -> HttpResponse:
    """The part of the page that changes, asked for every second until the report is settled."""
    report = get_object_or_404(Report.objects.visible_to(request.user).defer("content"), pk=pk)
    return render(request, "reports/_progress.html", _shown(request, report))


def _shown(request: UserRequest, report: Report) -> dict[str, object]:
    stages = [
        {
            "text": text,
            "state": "done" if report.progress > percent else "now" if report.progress == percent else "todo",
        }
        for percent, text in STAGES
    ]
    return {
        "report": report,
        "stages": stages,
        "may_order": rules.may_make_again(request.user, report),
        "is_member": rules.may_order(request.user, report.partnership),
    }


def preview(request: UserRequest, pk: int) -> HttpResponse:
    """The same content in the same template, as a page."""
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    return HttpResponse(documents.html(report, screen=True, back_url=report.get_absolute_url()))


@cache_control(private=True, no_store=True)
def download(request: UserRequest, pk: int) -> FileResponse:
    """The file, only for those who may see the report."""
    report = get_object_or_404(Report.objects.visible_to(request.user).defer("content"), pk=pk)
    if report.status != Report.Status.DONE:
        raise Http404
    return FileResponse(report.file.open("rb"), filename=_file_name(report), content_type="application/pdf")


def _file_name(report: Report) -> str:
    name = report.municipality.slug if report.municipality else f"samverkan-{report.partnership_id}"
    number = f"{name}-{report.number}{'-demo' if settings.DEMO else ''}.pdf"
    if report.is_picture:
        return f"lagesbild-{report.picture_id}-{number}"
    if subject := report.subject:
        return f"{DOCUMENTS[report.kind]}-{subject.pk}-{number}"
    return f"lagesrapport-{number}"


DOCUMENTS: dict[str, str] = {"agreement": "overenskommelse", "plan": "atgardsplan"}


@require_POST
def again(request: UserRequest, pk: int) -> HttpResponse:
    """Try a failed report once more."""
    report = get_object_or_404(Report.objects.visible_to(request.user).defer("content"), pk=pk)
    if not rules.may_make_again(request.user, report):
        raise PermissionDenied
    if actions.order_again(report, by=request.user):
        tasks.wake(report.pk)
    else:
        messages.info(request, "Rapporten är redan beställd på nytt.")
    return redirect(report)
