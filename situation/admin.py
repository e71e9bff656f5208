"""The operator's drawer: that pictures and problems exist, and where they stand. Their texts are their parties'."""

from django.contrib import admin

from lib.admin_pages import ListOnly
from situation.models import Picture, Prioritisation, Problem


@admin.register(Picture)
class PictureAdmin(ListOnly, admin.ModelAdmin):
    list_display = [
        "id",
        "partnership",
        "municipality",
        "kind",
        "span",
        "version",
        "status",
        "owner",
        "shared_at",
        "period_to",
    ]
    list_filter = ["status", "kind", "span", "information_class", "municipality__county"]
    search_fields = ["partnership__name", "municipality__name", "=checksum"]
    search_help_text = "Sök på samverkan, kommun eller hel kontrollsumma."
    list_select_related = ["partnership", "municipality", "owner__organisation"]
    date_hierarchy = "period_to"


@admin.register(Problem)
class ProblemAdmin(ListOnly, admin.ModelAdmin):
    list_display = ["id", "partnership", "municipality", "status", "trend", "rank", "created_at", "created_by"]
    list_filter = ["status", "trend", "municipality__county"]
    search_fields = ["partnership__name", "municipality__name"]
    search_help_text = "Sök på samverkan eller kommun."
    list_select_related = ["partnership", "municipality", "created_by"]


@admin.register(Prioritisation)
class PrioritisationAdmin(ListOnly, admin.ModelAdmin):
    list_display = ["id", "partnership", "municipality", "cycle", "status", "decided_on", "decided_by"]
    list_filter = ["status", "municipality__county"]
    search_fields = ["partnership__name", "municipality__name", "=checksum"]
    search_help_text = "Sök på samverkan, kommun eller hel kontrollsumma."
    list_select_related = ["partnership", "municipality", "cycle", "decided_by"]
