"""The operator's drawer: words of indicators are mended; figures come in through imports alone, with a file each."""

from django.contrib import admin
from django.http import HttpRequest

from indicators.models import ImportBatch, Indicator, Observation, ObservationChange
from journal.operators import JournaledAdmin
from lib.admin_pages import ReadOnly


class ObservationChangeInline(ReadOnly, admin.TabularInline):
    model = ObservationChange
    fields = ["batch", "old", "new"]


@admin.register(Indicator)
class IndicatorAdmin(JournaledAdmin):
    list_display = ["title", "unit", "topic", "source", "sort_order"]
    list_filter = ["topic", "unit"]
    search_fields = ["title", "code", "description"]

    def get_readonly_fields(self, request: HttpRequest, obj: Indicator | None = None) -> list[str]:
        # The code ties the indicator to its sheet in the files, the unit to its figures.
        return ["code", "unit"] if obj else []


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnly, admin.ModelAdmin):
    list_display = [
        "original_name",
        "kind",
        "year",
        "status",
        "created_at",
        "created_by",
        "new_count",
        "changed_count",
        "unmatched_count",
    ]
    list_filter = ["status", "kind", "year"]
    list_select_related = ["created_by"]
    search_fields = ["original_name", "sha256", "created_by__name", "created_by__email"]
    date_hierarchy = "created_at"
    fields = [
        "original_name",
        "kind",
        "year",
        "status",
        "file",
        "size",
        "sha256",
        "created_at",
        "created_by",
        "imported_at",
        "imported_by",
        "new_count",
        "changed_count",
        "unchanged_count",
        "unmatched_count",
        "unmatched",
    ]


@admin.register(Observation)
class ObservationAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["indicator", "area_type", "area_code", "period_label", "value", "suppressed", "preliminary"]
    list_filter = ["dataset", "area_type", "suppressed", "preliminary", "indicator__topic"]
    list_select_related = ["indicator"]
    search_fields = ["indicator__title", "=area_code", "period_label"]
    inlines = [ObservationChangeInline]
    show_full_result_count = False
