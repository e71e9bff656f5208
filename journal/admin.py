"""The book, for reading only: all that happened, and what the administrator's own registers said before and after."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join

from journal.models import Event
from lib.admin_pages import ReadOnly

# The administrator's registers. What stood in other rooms' texts is their parties' to read, in the book too.
REGISTERS = frozenset({"accounts", "indicators", "municipalities", "partnerships"})


class Room(admin.SimpleListFilter):
    """The rooms by the names that the menu has for them."""

    title, parameter_name = "rum", "rum"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rooms = {model._meta.app_config for model in model_admin.admin_site._registry}
        return sorted(((room.label, str(room.verbose_name)) for room in rooms), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        return queryset.filter(subject__startswith=f"{self.value()}.") if self.value() else queryset


@admin.register(Event)
class EventAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["at", "label", "about", "by"]
    list_display_links = ["label"]
    list_select_related = ["by"]
    date_hierarchy = "at"
    list_filter = [Room]
    search_fields = ["subject", "label", "by__name", "by__email"]
    search_help_text = "Sök på händelse eller person; på till exempel agreements.agreement:8 för ett visst objekt."
    ordering = ["-at", "-pk"]
    fields = ["at", "by", "about", "label", "why", "from_to"]
    show_full_result_count = False

    @admin.display(description="gäller", ordering="subject")
    def about(self, event: Event) -> str:
        """In words: "samverkansöverenskommelse 8"; the key itself for what no longer is in the code."""
        label, _, number = event.subject.partition(":")
        try:
            return f"{apps.get_model(label)._meta.verbose_name} {number}"
        except (LookupError, ValueError):
            return event.subject

    @admin.display(description="motivering")
    def why(self, event: Event) -> str:
        if event.note and not _of_a_register(event):
            return "Motiveringen läses av samverkans parter."
        return event.note or "–"

    @admin.display(description="från–till")
    def from_to(self, event: Event) -> str:
        changes = event.changes.values()
        if not _of_a_register(event):
            return format_html_join("", "<p>{}: ändrad</p>", ((change["label"],) for change in changes)) or "–"
        rows = ((change["label"], change["from"] or "tomt", change["to"] or "tomt") for change in changes)
        return format_html_join("", "<p>{}: {} → {}</p>", rows) or "–"


def _of_a_register(event: Event) -> bool:
    return event.subject.partition(".")[0] in REGISTERS
