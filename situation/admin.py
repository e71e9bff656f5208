"""The operator's drawer: pictures and problems are found and read here, written and moved on their own pages."""

from django.contrib import admin

from lib.admin_pages import ReadOnly
from situation.models import Finding, Picture, Problem, Source


class SourceInline(ReadOnly, admin.TabularInline):
    model = Source
    fields = ["name", "kind", "owner", "period", "coverage", "uncertainty", "fetched_on"]


class FindingInline(ReadOnly, admin.TabularInline):
    model = Finding
    fields = ["text", "sources"]


@admin.register(Picture)
class PictureAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["title", "kind", "version", "partnership", "municipality", "status", "period_to", "shared_at"]
    list_filter = ["status", "kind", "information_class", "municipality__county"]
    search_fields = ["title", "summary", "analysis", "partnership__name", "municipality__name", "checksum"]
    search_help_text = "Sök på rubrik, text, samverkan, kommun eller kontrollsumma."
    list_select_related = ["partnership", "municipality"]
    date_hierarchy = "period_to"
    inlines = [SourceInline, FindingInline]


@admin.register(Problem)
class ProblemAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["title", "place", "partnership", "municipality", "status", "trend", "rank"]
    list_filter = ["status", "trend", "municipality__county"]
    search_fields = ["title", "description", "place", "partnership__name", "municipality__name"]
    search_help_text = "Sök på problem, beskrivning, plats, samverkan eller kommun."
    list_select_related = ["partnership", "municipality"]
