"""The operator's drawer: the country's places. What is changed here stands in the book, with who and from–to."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from journal.operators import JournaledAdmin
from municipalities.models import County, Coverage, LocalPoliceArea, Municipality, PoliceArea, PoliceRegion


class RegisterAdmin(JournaledAdmin):
    """The rows of the inlines (which area covers what) are written in the book as the registers themselves are."""

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        formset.save(commit=False)
        for row in formset.forms:
            if row.has_changed() and row not in formset.deleted_forms:
                self.save_model(request, row.instance, row, change=row.instance.pk is not None)
        self.log_deletions(request, formset.deleted_objects)
        for gone in formset.deleted_objects:
            gone.delete()


class CoverageInline(admin.TabularInline):
    model = Coverage
    fields = [
        "local_police_area",
        "municipality",
        "extent",
        "extent_text",
        "starts",
        "ends",
        "evidence",
        "evidence_year",
    ]
    autocomplete_fields = ["local_police_area", "municipality"]
    extra = 0


@admin.register(PoliceRegion)
class PoliceRegionAdmin(RegisterAdmin):
    list_display = ["name"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(County)
class CountyAdmin(RegisterAdmin):
    list_display = ["name", "code", "police_region"]
    list_filter = ["police_region"]
    list_select_related = ["police_region"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["police_region"]


@admin.register(PoliceArea)
class PoliceAreaAdmin(RegisterAdmin):
    list_display = ["name", "police_region"]
    list_filter = ["police_region"]
    list_select_related = ["police_region"]
    search_fields = ["name"]
    autocomplete_fields = ["police_region"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(LocalPoliceArea)
class LocalPoliceAreaAdmin(RegisterAdmin):
    list_display = ["name", "police_area", "municipalities_known", "complete"]
    list_filter = ["complete", "police_area__police_region"]
    list_select_related = ["police_area"]
    search_fields = ["name", "police_area__name"]
    autocomplete_fields = ["police_area"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [CoverageInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[LocalPoliceArea]:
        areas: QuerySet[LocalPoliceArea] = super().get_queryset(request)
        return areas.annotate(municipalities_known=Count("coverage"))

    @admin.display(description="antal kommuner", ordering="municipalities_known")
    def municipalities_known(self, area: LocalPoliceArea) -> int:
        return int(getattr(area, "municipalities_known", 0))


@admin.register(Municipality)
class MunicipalityAdmin(RegisterAdmin):
    list_display = ["name", "code", "county", "population", "population_year"]
    list_filter = ["county__police_region", "county"]
    list_select_related = ["county"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["county"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [CoverageInline]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Municipality], search_term: str
    ) -> tuple[QuerySet[Municipality], bool]:
        if search_term.strip().isdigit():
            return queryset.filter(code__startswith=search_term.strip()), False
        return Municipality.objects.search(search_term) & queryset, False
