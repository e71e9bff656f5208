"""The operator's drawer: what was ordered and how it went. What stands in the report is its readers'."""

from django.contrib import admin

from lib.admin_pages import ReadOnly
from reports.models import Report


@admin.register(Report)
class ReportAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["title", "number", "kind", "partnership", "status", "attempts", "created_at", "finished_at"]
    list_filter = ["status", "kind"]
    search_fields = ["title", "partnership__name"]
    list_select_related = ["partnership"]
    fields = [
        "title",
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
