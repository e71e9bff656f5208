"""The operator's drawer: everything can be found and mended, but nothing is deleted and no step is skipped."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from journal.operators import JournaledAdmin, who
from partnerships.models import Cycle, Group, Holding, Partnership, Party, Seat


class RecordAdmin(JournaledAdmin):
    """Says who made the record, and counts the revision up, so that an open page elsewhere is told."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            obj.revision += 1
        else:
            obj.created_by = who(request)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        formset.save(commit=False)
        for row in formset.forms:
            if row.has_changed():
                self.save_model(request, row.instance, row, change=row.instance.pk is not None)


class OneHolderAtATime(BaseInlineFormSet):
    """The pages take a lock for this; the operator works alone and gets the sentence."""

    def clean(self) -> None:
        super().clean()
        rows = [f.instance for f in self.forms if f.is_valid() and f.instance.starts and f.instance.name]
        rows.sort(key=lambda holding: holding.starts)
        for earlier, later in zip(rows, rows[1:], strict=False):
            if earlier.ends is None or earlier.ends >= later.starts:
                raise ValidationError(f"{earlier} och {later} har funktionen samtidigt. Ändra dagarna.")


class PartyInline(admin.TabularInline):
    model = Party
    extra = 0
    can_delete = False
    autocomplete_fields = ["organisation"]
    fields = ["organisation", "kind", "joined", "left", "left_reason"]


class HoldingInline(admin.TabularInline):
    model = Holding
    formset = OneHolderAtATime
    extra = 0
    can_delete = False
    autocomplete_fields = ["user"]
    fields = ["name", "user", "acting", "share", "starts", "ends"]


@admin.register(Partnership)
class PartnershipAdmin(RecordAdmin):
    list_display = ["name", "created_at"]
    list_filter = ["local_police_areas__police_area__police_region"]
    search_fields = ["name", "parties__organisation__name"]
    autocomplete_fields = ["local_police_areas"]
    inlines = [PartyInline]


@admin.register(Party)
class PartyAdmin(RecordAdmin):
    list_display = ["organisation", "partnership", "kind", "joined", "left"]
    list_filter = ["kind", "organisation__kind", ("left", admin.EmptyFieldListFilter)]
    list_select_related = ["organisation", "partnership"]
    search_fields = ["organisation__name", "partnership__name"]
    autocomplete_fields = ["partnership", "organisation"]


@admin.register(Group)
class GroupAdmin(RecordAdmin):
    list_display = ["name", "kind", "partnership", "municipality", "starts", "ends"]
    list_filter = ["kind", ("ends", admin.EmptyFieldListFilter)]
    list_select_related = ["partnership", "municipality"]
    search_fields = ["name", "partnership__name", "municipality__name"]
    autocomplete_fields = ["partnership", "municipality", "seats"]


@admin.register(Seat)
class SeatAdmin(RecordAdmin):
    list_display = ["__str__", "function", "organisation", "municipality", "partnership", "starts", "ends"]
    list_filter = ["function", "organisation__kind", ("ends", admin.EmptyFieldListFilter)]
    list_select_related = ["organisation", "municipality", "partnership"]
    search_fields = ["title", "organisation__name", "partnership__name", "municipality__name", "holdings__name"]
    autocomplete_fields = ["partnership", "organisation", "municipality"]
    inlines = [HoldingInline]


@admin.register(Cycle)
class CycleAdmin(RecordAdmin):
    """Opening, closing and cancelling happen on the pages, where the reason is asked and the book is written."""

    list_display = ["name", "partnership", "municipality", "starts", "ends", "status", "closed_on"]
    list_filter = ["status", "starts"]
    list_select_related = ["partnership", "municipality"]
    search_fields = ["name", "partnership__name", "municipality__name"]
    autocomplete_fields = ["partnership", "municipality"]
    readonly_fields = ["status", "closed_on", "closed_reason"]
