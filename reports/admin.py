"""The operator's drawer: what was ordered and how it went. What stands in the report is its readers'."""

from django.contrib import admin
from django.http import HttpRequest

from lib.admin_pages import ReadOnly
from reports.models import Report


@admin.register(Report)
class ReportAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["named", "number", "kind", "partnership", "status", "attempts", "created_at", "finished_at"]
    list_filter = ["status", "kind"]
    search_fields = ["number", "partnership__name"]
    list_select_related = ["partnership"]
    fields = [
        "named",
        "number",
        "kind",
        "audience",
        "partnership",
        "municipality",
        "status",
        "attempts",
        "progress",
        "progress_text",
        "error",
        "created_at",
        "created_by",
        "woken_at",
        "heartbeat_at",
        "finished_at",
        "pages",
        "content_checksum",
        "checksum",
    ]

    @admin.display(description="rapport")
    def named(self, report: Report) -> str:
        """A document of one thing by its kind alone: the thing's title is its readers', and some are not even the
        parties'."""
        return report.title if report.kind == Report.Kind.SITUATION else report.get_kind_display()

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Report | None:
        """Named the same in headings and breadcrumbs; the drawer is read-only, so nothing is saved of it."""
        report = super().get_object(request, object_id, from_field)
        if report:
            report.title = self.named(report)
        return report
