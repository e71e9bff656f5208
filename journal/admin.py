"""The book, for reading only."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join

from journal.models import Event


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["at", "label", "subject", "by"]
    list_display_links = ["label"]
    list_select_related = ["by"]
    date_hierarchy = "at"
    list_filter = ["verb"]
    search_fields = ["subject", "label", "note", "by__name", "by__email"]
    ordering = ["-at", "-pk"]
    fields = ["at", "by", "subject", "label", "verb", "note", "from_to"]
    readonly_fields = ["from_to"]
    show_full_result_count = False

    @admin.display(description="från–till")
    def from_to(self, event: Event) -> str:
        rows = (
            (change["label"], change["from"] or "tomt", change["to"] or "tomt") for change in event.changes.values()
        )
        return format_html_join("", "<p>{}: {} → {}</p>", rows) or "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False
