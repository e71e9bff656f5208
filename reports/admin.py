"""The operator's drawer: what was ordered and how it went. Nothing is changed here."""

from django.contrib import admin
from django.http import HttpRequest

from reports.models import Report


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    list_display = ("title", "number", "partnership", "status", "attempts", "created_at", "finished_at")
    list_filter = ("status", "kind")
    search_fields = ("title", "partnership__name")
    list_select_related = ("partnership",)
    exclude = ("content", "file")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False
