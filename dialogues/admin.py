"""The operator's drawer: that dialogues exist, and where they stand. What was said is the parties'."""

from django.contrib import admin

from dialogues.models import Dialogue, DialogueResult, Erasure, Theme
from lib.admin_pages import ListOnly


@admin.register(Dialogue)
class DialogueAdmin(ListOnly, admin.ModelAdmin):
    list_display = ["id", "partnership", "municipality", "kind", "method", "status", "starts", "ends", "feedback_on"]
    list_filter = ["status", "kind", "method", "municipality__county"]
    search_fields = ["municipality__name", "partnership__name"]
    search_help_text = "Sök på kommun eller samverkan."
    list_select_related = ["municipality", "partnership"]
    date_hierarchy = "starts"


@admin.register(Theme)
class ThemeAdmin(ListOnly, admin.ModelAdmin):
    list_display = [
        "id",
        "dialogue__partnership",
        "dialogue__municipality",
        "dialogue__status",
        "outcome",
        "answered_on",
    ]
    list_filter = ["outcome", "dialogue__status"]
    search_fields = ["dialogue__municipality__name", "dialogue__partnership__name"]
    search_help_text = "Sök på kommun eller samverkan."
    list_select_related = ["dialogue__municipality", "dialogue__partnership"]


@admin.register(DialogueResult)
class DialogueResultAdmin(ListOnly, admin.ModelAdmin):
    list_display = ["id", "dialogue__municipality", "version", "published_at", "withdrawn_at"]
    search_fields = ["dialogue__municipality__name", "dialogue__partnership__name", "=checksum"]
    search_help_text = "Sök på kommun, samverkan eller hel kontrollsumma."
    list_select_related = ["dialogue__municipality"]


@admin.register(Erasure)
class ErasureAdmin(ListOnly, admin.ModelAdmin):
    list_display = ["id", "dialogue__partnership", "dialogue__municipality", "decided_on", "replies", "erased_at"]
    search_fields = ["dialogue__municipality__name", "dialogue__partnership__name"]
    search_help_text = "Sök på kommun eller samverkan."
    list_select_related = ["dialogue__municipality", "dialogue__partnership"]
