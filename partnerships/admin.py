"""The operator's drawer: everything can be found and mended, but nothing is deleted and no step is skipped."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from journal.edits import RecordForm, save_edit
from journal.operators import JournaledAdmin, who
from journal.steps import lock
from lib import swedish
from lib.admin_pages import ReadOnly
from lib.dates import today
from partnerships.models import Cycle, Group, Holding, Partnership, Party, Seat


class FreshForm(RecordForm):
    """Taken in only if nobody has changed the row since the page was opened; the row is held meanwhile."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.pk and cleaned.get("revision") != self.instance.revision:
            raise ValidationError(f"{self.instance} har ändrats sedan sidan öppnades. Öppna den igen och gör om det.")
        return cleaned


class RecordAdmin(JournaledAdmin):
    """Says who made the record, and writes what was changed and nothing else, as the record's own pages do."""

    form = FreshForm
    # Whose a row is decides who reads all that hangs on it: settled when the row is made, and never after.
    settled: ClassVar[list[str]] = ["partnership"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        closed = obj and obj.EDITABLE_STATUSES is not None and obj.status not in obj.EDITABLE_STATUSES
        return not closed and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(self.settled if obj else [])]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **_without_revision(kwargs))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Held while a form is taken in: whoever changes it on its own page comes after, or has been here first."""
        found = super().get_object(request, object_id, from_field)
        return lock(found) if found and request.method == "POST" else found

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            save_edit(form, by=who(request), verb="admin_changed", label="Ändrad i systemförvaltningen")
        else:
            obj.created_by = who(request)
            super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        formset.save(commit=False)
        for row in formset.forms:
            if row.has_changed():
                self.save_model(request, row.instance, row, change=row.instance.pk is not None)


def _without_revision(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The form declares the hidden field itself; the model's own is nobody's to edit, and Django says so."""
    fields = kwargs.get("fields")
    return kwargs | ({"fields": [name for name in fields if name != "revision"]} if fields else {})


class OneHolderAtATime(BaseInlineFormSet):
    """The pages take a lock for this; the operator works alone and gets the sentence."""

    def clean(self) -> None:
        super().clean()
        rows = [f.instance for f in self.forms if f.is_valid() and f.instance.starts and f.instance.name]
        rows.sort(key=lambda holding: holding.starts)
        for earlier, later in zip(rows, rows[1:], strict=False):
            if earlier.ends is None or earlier.ends >= later.starts:
                raise ValidationError(f"{earlier} och {later} har funktionen samtidigt. Ändra dagarna.")


class PartyInline(ReadOnly, admin.TabularInline):
    """Added and ended on the partnership's own page, or under Parter."""

    model = Party
    fields = ["organisation", "kind", "joined", "left", "left_reason"]
    show_change_link = True


class HoldingInline(admin.TabularInline):
    model = Holding
    form = FreshForm
    formset = OneHolderAtATime
    extra = 0
    can_delete = False
    autocomplete_fields = ["user"]
    fields = ["name", "user", "acting", "share", "starts", "ends", "revision"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **_without_revision({"fields": self.fields} | kwargs))


@admin.register(Partnership)
class PartnershipAdmin(RecordAdmin):
    list_display = ["name", "created_at"]
    list_filter = ["local_police_areas__police_area__police_region"]
    search_fields = ["name", "parties__organisation__name"]
    autocomplete_fields = ["local_police_areas"]
    inlines = [PartyInline]
    settled: ClassVar[list[str]] = []


@admin.register(Party)
class PartyAdmin(RecordAdmin):
    list_display = ["organisation", "partnership", "kind", "joined", "left"]
    list_filter = ["kind", "organisation__kind", ("left", admin.EmptyFieldListFilter)]
    list_select_related = ["organisation", "partnership"]
    search_fields = ["organisation__name", "partnership__name"]
    autocomplete_fields = ["partnership", "organisation"]
    settled: ClassVar[list[str]] = ["partnership", "organisation"]


@admin.register(Group)
class GroupAdmin(RecordAdmin):
    list_display = ["name", "kind", "partnership", "municipality", "starts", "ends"]
    list_filter = ["kind", ("ends", admin.EmptyFieldListFilter)]
    list_select_related = ["partnership", "municipality"]
    search_fields = ["name", "partnership__name", "municipality__name"]
    autocomplete_fields = ["partnership", "municipality", "seats"]


@admin.register(Seat)
class SeatAdmin(RecordAdmin):
    list_display = ["__str__", "holder", "whose", "where"]
    list_filter = ["function", "organisation__kind", ("ends", admin.EmptyFieldListFilter)]
    list_select_related = ["organisation", "municipality", "partnership"]
    search_fields = ["title", "organisation__name", "partnership__name", "municipality__name", "holdings__name"]
    autocomplete_fields = ["partnership", "organisation", "municipality"]
    inlines = [HoldingInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Seat]:
        found: QuerySet[Seat] = super().get_queryset(request)
        return found.prefetch_related("holdings")

    @admin.display(description="organisation", ordering="organisation__name")
    def whose(self, seat: Seat) -> str:
        """As text, which folds; Django keeps a key on one line, and the list is cut."""
        return str(seat.organisation)

    @admin.display(description="samverkan", ordering="partnership__name")
    def where(self, seat: Seat) -> str:
        return str(seat.partnership)

    @admin.display(description="innehavare i dag")
    def holder(self, seat: Seat) -> str:
        day = today()
        if seat.ends and seat.ends < day:
            return f"Funktionen upphörde {swedish.date(seat.ends)}"
        if holding := seat.holding_on(day):
            return f"{holding.name} (tf)" if holding.acting else holding.name
        since = seat.vacant_since(day)
        return f"Vakant sedan {swedish.date(since)}" if since and since <= day else "Vakant"


@admin.register(Cycle)
class CycleAdmin(RecordAdmin):
    """Opening, closing and cancelling happen on the pages, where the reason is asked and the book is written."""

    list_display = ["name", "partnership", "municipality", "starts", "ends", "status", "closed_on"]
    list_filter = ["status", "starts"]
    list_select_related = ["partnership", "municipality"]
    search_fields = ["name", "partnership__name", "municipality__name"]
    autocomplete_fields = ["partnership", "municipality"]
    readonly_fields = ["status", "closed_on", "closed_reason"]
