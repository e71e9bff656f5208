"""For the rooms' admin pages: what an administrator changes there stands in the book like everything else."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.http import HttpRequest

from journal.edits import changes_of
from journal.steps import record

if TYPE_CHECKING:
    from accounts.models import User

    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin  # takes no type in brackets when the code runs


def who(request: HttpRequest) -> "User":
    """The administrator: nobody else comes to these pages."""
    return cast("User", request.user)


class JournaledAdmin(ModelAdmin):
    """An admin page that writes the book, with from–to. Inlines are not covered: they are for looking."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        changes = {}
        if change:
            before = type(obj)._default_manager.get(pk=obj.pk)
            changes = changes_of(before, form)
        super().save_model(request, obj, form, change)
        verb, label = (
            ("admin_changed", "Ändrad i systemförvaltningen")
            if change
            else ("admin_added", "Upplagd i systemförvaltningen")
        )
        if changes or not change:
            record(obj, verb, label, by=who(request), changes=changes)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            change = {"label": str(obj._meta.verbose_name), "from": str(obj), "to": ""}
            record(obj, "admin_deleted", "Borttagen i systemförvaltningen", by=who(request), deleted=change)
        return super().log_deletions(request, queryset)
