"""A report as HTML: the template of its kind, filled with what was frozen when it was ordered. No query."""

from lib import pdf, situation_report
from reports import agreement_document, picture_report, plan_document
from reports.models import Report


def html(report: Report, **more: object) -> str:
    """The document for the PDF; with screen=True and back_url, its preview."""
    if report.kind == Report.Kind.PICTURE:
        return pdf.render_html("pdf/picture_report.html", picture_report.context(report.content) | more)
    if report.kind == Report.Kind.AGREEMENT:
        return pdf.render_html("pdf/agreement.html", agreement_document.context(report.content) | more)
    if report.kind == Report.Kind.PLAN:
        return pdf.render_html("pdf/action_plan.html", plan_document.context(report.content) | more)
    return pdf.render_html("pdf/situation_report.html", situation_report.context(report.content) | more)
