"""The operator's drawer: lines can be found and read; only the coordinators settle them."""

from django.contrib import admin
from django.http import HttpRequest

from five_steps.models import StepLine


@admin.register(StepLine)
class StepLineAdmin(admin.ModelAdmin):
    list_display = ("cycle", "code", "status", "proven", "confirmed_at")
    list_filter = ("status", "proven", "code")
    search_fields = ("code", "cycle__name", "cycle__partnership__name")
    list_select_related = ("cycle",)
    fields = readonly_fields = (
        "cycle",
        "code",
        "status",
        "reason",
        "evidence",
        "proven",
        "confirmed_at",
        "confirmed_by",
        "created_at",
        "created_by",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: StepLine | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: StepLine | None = None) -> bool:
        return False
