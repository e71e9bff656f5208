"""The operator's drawer: that follow-ups exist, and where they stand. Their texts are their parties'."""

from django.contrib import admin

from followup.models import FollowUp
from lib.admin_pages import ListOnly


@admin.register(FollowUp)
class FollowUpAdmin(ListOnly, admin.ModelAdmin):
    list_display = ["id", "kind", "partnership", "municipality", "period_to", "decision", "status"]
    list_filter = ["status", "kind", "decision", "municipality__county"]
    search_fields = ["partnership__name", "municipality__name"]
    search_help_text = "Sök på samverkan eller kommun."
    list_select_related = ["partnership", "municipality"]
    date_hierarchy = "period_to"
