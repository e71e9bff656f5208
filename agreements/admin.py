"""The operator's drawer: agreements and measures are found and read here, written and moved on their own pages."""

from django.contrib import admin

from agreements.models import Agreement, Measure, MeasureLog, Signature
from lib.admin_pages import ReadOnly


class SignatureInline(ReadOnly, admin.TabularInline):
    model = Signature
    fields = ["party", "function", "acting", "name", "place", "signed_on", "checksum", "registered_by", "registered_at"]


class MeasureLogInline(ReadOnly, admin.TabularInline):
    model = MeasureLog
    fields = ["day", "text", "count", "created_by"]


@admin.register(Agreement)
class AgreementAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["title", "kind", "partnership", "municipality", "status", "starts", "ends", "signed_on"]
    list_filter = ["status", "kind", "information_class", "municipality__county"]
    search_fields = [
        "title",
        "purpose",
        "diary_municipality",
        "diary_police",
        "partnership__name",
        "municipality__name",
        "checksum",
    ]
    search_help_text = "Sök på titel, syfte, diarienummer, samverkan, kommun eller kontrollsumma."
    list_select_related = ["partnership", "municipality"]
    date_hierarchy = "starts"
    inlines = [SignatureInline]


@admin.register(Measure)
class MeasureAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["title", "problem", "partnership", "municipality", "responsible", "status", "starts", "ends"]
    list_filter = ["status", "kind", "prevention", "municipality__county"]
    search_fields = ["title", "description", "function", "problem__title", "partnership__name", "municipality__name"]
    search_help_text = "Sök på åtgärd, funktion, problem, samverkan eller kommun."
    list_select_related = ["problem", "partnership", "municipality", "responsible__organisation"]
    date_hierarchy = "starts"
    inlines = [MeasureLogInline]
