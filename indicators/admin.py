"""The operator's drawer: words of indicators are mended; figures come in through imports alone, with a file each."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from indicators import fetching
from indicators.kolada import KoladaFailed
from indicators.models import DeliveredFile, Fetch, ImportBatch, Indicator, KoladaKpi, Observation, ObservationChange
from journal.operators import JournaledAdmin, who
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


@admin.register(KoladaKpi)
class KoladaKpiAdmin(JournaledAdmin):
    list_display = ["title", "code", "unit", "is_offered", "verified_at"]
    list_filter = ["is_offered", "topic"]
    search_fields = ["title", "code"]
    fields = ["code", "title", "unit", "topic", "caution", "averaged_years", "is_offered", "verified_at"]
    actions = ["verify"]

    def get_readonly_fields(self, request: HttpRequest, obj: KoladaKpi | None = None) -> list[str]:
        # The code ties the key figure to its indicator, the unit to its figures.
        return ["code", "unit", "verified_at"] if obj else ["verified_at"]

    @admin.action(description="Kontrollera hos Kolada")
    def verify(self, request: HttpRequest, queryset: QuerySet[KoladaKpi]) -> None:
        """Only when asked for: the list can be kept also when Kolada does not answer."""
        try:
            verdicts = fetching.verify(list(queryset), by=who(request))
        except KoladaFailed as failure:
            messages.error(request, str(failure))
            return
        for verdict in verdicts:
            messages.add_message(request, messages.SUCCESS if verdict.holds else messages.ERROR, verdict.sentence)


@admin.register(Fetch)
class FetchAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["extent", "year_from", "year_to", "status", "attempts", "created_at", "created_by", "finished_at"]
    list_filter = ["status"]
    list_select_related = ["created_by"]
    search_fields = ["extent", "created_by__name", "created_by__email"]
    date_hierarchy = "created_at"
    fields = [
        "kpis",
        "extent",
        "year_from",
        "year_to",
        "status",
        "attempts",
        "progress",
        "progress_text",
        "error",
        "batch",
        "created_at",
        "created_by",
        "woken_at",
        "heartbeat_at",
        "finished_at",
    ]


@admin.register(DeliveredFile)
class DeliveredFileAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["original_name", "delivery", "stage", "status", "attempts", "created_at", "created_by"]
    list_filter = ["status", "stage"]
    list_select_related = ["delivery", "created_by"]
    search_fields = ["original_name", "sha256", "created_by__name", "created_by__email"]
    date_hierarchy = "created_at"
    fields = [
        "delivery",
        "original_name",
        "sha256",
        "stage",
        "status",
        "attempts",
        "error",
        "remark",
        "batch",
        "created_at",
        "created_by",
        "woken_at",
        "heartbeat_at",
        "finished_at",
        "confirmed_at",
        "confirmed_by",
    ]
