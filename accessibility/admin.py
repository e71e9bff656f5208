"""The operator's drawer: the redogörelse, version by version, and the flaws that wait for an answer."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import URLField
from django.forms.models import model_to_dict
from django.http import HttpRequest

from accessibility import actions, tasks
from accessibility.models import FlawReport, Statement
from accessibility.rules import HANDLE
from accessibility.shipped import statement
from journal.operators import JournaledAdmin, who
from journal.steps import NotAllowed


@admin.register(Statement)
class StatementAdmin(JournaledAdmin):
    """A new version begins as the one that holds. Versions are read, never changed."""

    list_display = ["__str__", "created_at", "created_by", "operator", "conformance"]
    list_select_related = ["created_by"]
    formfield_overrides: ClassVar[dict[Any, dict[str, Any]]] = {URLField: {"assume_scheme": "https"}}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return model_to_dict(statement()) | dict(super().get_changeform_initial_data(request))

    def has_change_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Statement, form: Any, change: bool) -> None:
        obj.created_by = who(request)
        super().save_model(request, obj, form, change)


@admin.register(FlawReport)
class FlawReportAdmin(admin.ModelAdmin):
    """Saved is handled: with an answer, it is sent to who has left an address. The address itself is not shown."""

    list_display = ["__str__", "status", "received_at", "page", "wants_answer", "handled_at"]
    list_filter = ["status"]
    search_fields = ["page", "what"]
    date_hierarchy = "received_at"
    fields = ["received_at", "status", "page", "what", "tools", "wants_answer", "answer"]

    def get_readonly_fields(self, request: HttpRequest, obj: FlawReport | None = None) -> list[str]:
        told = ["received_at", "status", "page", "what", "tools", "wants_answer"]
        return told if obj is None or obj.status in HANDLE.old else [*told, "answer"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: FlawReport | None = None) -> bool:
        return False

    @admin.display(description="vill ha svar", boolean=True)
    def wants_answer(self, flaw: FlawReport) -> bool:
        return bool(flaw.email)

    def save_model(self, request: HttpRequest, obj: FlawReport, form: Any, change: bool) -> None:
        try:
            actions.handle(obj, by=who(request), answer=form.cleaned_data.get("answer", ""))
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            tasks.wake()
