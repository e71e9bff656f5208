"""The operator's drawer: everything can be found and read; promises are written and published by their parties."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from citizen_promises.models import Outcome, Promise, PromiseDocument


class ReadOnly:
    """What has a workflow and a history is changed on its own pages, never here; every field can be read."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        shown: Any = self
        return list(shown.fields or [field.name for field in shown.opts.fields if not field.primary_key])

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PromiseInline(ReadOnly, admin.TabularInline):
    model = Promise
    fields = ("order", "text", "promiser", "planned_count", "unit", "status", "feedback_on")
    show_change_link = True


class OutcomeInline(ReadOnly, admin.TabularInline):
    model = Outcome
    fields = ("day", "count", "text")


@admin.register(PromiseDocument)
class PromiseDocumentAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("title", "municipality", "status", "starts", "ends", "published_at")
    list_filter = ("status", "municipality__county")
    search_fields = ("title", "municipality__name", "partnership__name", "promises__text", "checksum")
    list_select_related = ("municipality",)
    date_hierarchy = "starts"
    inlines = (PromiseInline,)


@admin.register(Promise)
class PromiseAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("__str__", "document", "promiser", "status", "feedback_on")
    list_filter = ("status", "promiser", "document__status")
    search_fields = ("text", "document__title", "document__municipality__name")
    list_select_related = ("document",)
    inlines = (OutcomeInline,)
