"""The operator's drawer: that agreements and measures exist, and where they stand. Their texts are their parties'."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import URLField

from agreements.models import Agreement, Measure, MeasureType
from journal.operators import JournaledAdmin
from lib.admin_pages import ListOnly


@admin.register(Agreement)
class AgreementAdmin(ListOnly, admin.ModelAdmin):
    list_display = ["id", "partnership", "municipality", "kind", "status", "signed_on", "starts", "ends"]
    list_filter = ["status", "kind", "information_class", "municipality__county"]
    search_fields = ["diary_municipality", "diary_police", "partnership__name", "municipality__name", "=checksum"]
    search_help_text = "Sök på diarienummer, samverkan, kommun eller hel kontrollsumma."
    list_select_related = ["partnership", "municipality"]
    date_hierarchy = "starts"


@admin.register(Measure)
class MeasureAdmin(ListOnly, admin.ModelAdmin):
    list_display = [
        "id",
        "kind",
        "prevention",
        "partnership",
        "municipality",
        "responsible",
        "status",
        "starts",
        "ends",
    ]
    list_filter = ["status", "kind", "prevention", "municipality__county"]
    search_fields = ["partnership__name", "municipality__name"]
    search_help_text = "Sök på samverkan eller kommun."
    list_select_related = ["partnership", "municipality", "responsible__organisation"]
    date_hierarchy = "starts"


@admin.register(MeasureType)
class MeasureTypeAdmin(JournaledAdmin):
    list_display = ["name", "kind", "prevention", "evidence", "is_offered", "sort_order"]
    list_filter = ["kind", "prevention", "evidence", "is_offered"]
    search_fields = ["name", "description"]
    formfield_overrides: ClassVar[dict[Any, dict[str, Any]]] = {URLField: {"assume_scheme": "https"}}
