"""The operator's drawer: follow-ups can be found and read; they are written and finished by their parties."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from followup.models import FollowUp


@admin.register(FollowUp)
class FollowUpAdmin(admin.ModelAdmin):
    list_display = ("__str__", "partnership", "municipality", "period_to", "decision", "status")
    list_filter = ("status", "kind", "decision", "municipality__county")
    search_fields = ("measure__title", "promise__text", "outcome", "partnership__name", "municipality__name")
    list_select_related = ("partnership", "municipality", "measure", "promise")
    date_hierarchy = "period_to"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in self.opts.fields if not field.primary_key]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
