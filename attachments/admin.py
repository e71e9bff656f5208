"""The operator's drawer: that files exist, what they are, and what was found in them. Nobody opens them from here."""

from django.contrib import admin

from attachments.models import Attachment
from lib.admin_pages import ListOnly


@admin.register(Attachment)
class AttachmentAdmin(ListOnly, admin.ModelAdmin):
    list_display = ["id", "content_type", "size", "sha256", "scan", "created_at", "created_by", "erased_at"]
    list_filter = ["content_type", "scan"]
    search_fields = ["=sha256"]
    search_help_text = "Sök på hel kontrollsumma."
    list_select_related = ["created_by"]
    date_hierarchy = "created_at"
