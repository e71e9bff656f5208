"""The operator's drawer: that promises exist, and where they stand. The published ones are read where residents do."""

from django.contrib import admin

from citizen_promises.models import Promise, PromiseDocument
from lib.admin_pages import ListOnly


@admin.register(PromiseDocument)
class PromiseDocumentAdmin(ListOnly, admin.ModelAdmin):
    list_display = ["id", "municipality", "partnership", "status", "starts", "ends", "published_at"]
    list_filter = ["status", "municipality__county"]
    search_fields = ["municipality__name", "partnership__name", "=checksum"]
    search_help_text = "Sök på kommun, samverkan eller hel kontrollsumma."
    list_select_related = ["municipality", "partnership"]
    date_hierarchy = "starts"


@admin.register(Promise)
class PromiseAdmin(ListOnly, admin.ModelAdmin):
    list_display = ["id", "document__municipality", "document__status", "promiser", "status", "feedback_on"]
    list_filter = ["status", "promiser", "document__status"]
    search_fields = ["document__municipality__name", "document__partnership__name"]
    search_help_text = "Sök på kommun eller samverkan."
    list_select_related = ["document__municipality"]
