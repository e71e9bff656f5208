"""The operator's drawer: which lines are proven and confirmed. Reasons and evidence are the coordinators'."""

from django.contrib import admin

from five_steps.models import StepLine
from lib.admin_pages import ListOnly


@admin.register(StepLine)
class StepLineAdmin(ListOnly, admin.ModelAdmin):
    list_display = ["cycle", "cycle__partnership", "code", "status", "proven", "confirmed_at"]
    list_filter = ["status", "proven", "code"]
    search_fields = ["code", "cycle__name", "cycle__partnership__name"]
    list_select_related = ["cycle__partnership"]
