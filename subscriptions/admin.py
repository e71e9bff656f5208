"""The operator's drawer: how many follow, and how the letters fare. Addresses are covered, also here.

Whoever asks the operator to be taken away is found by the whole address, and ended from the list.
"""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from lib.admin_pages import ListOnly, ReadOnly
from lib.swedish import plural
from subscriptions import actions
from subscriptions.models import Change, Subscription


@admin.register(Subscription)
class SubscriptionAdmin(ListOnly, admin.ModelAdmin):
    list_display = ["municipality", "followed", "masked_address", "status", "created_on", "refused"]
    list_filter = ["status", "municipality__county"]
    search_fields = ["=email"]
    search_help_text = "Sök på en hel e-postadress, när någon vill tas bort."
    list_select_related = ["municipality", "promise"]
    ordering = ["municipality", "pk"]
    actions = ["end"]

    @admin.display(description="adress")
    def masked_address(self, subscription: Subscription) -> str:
        return subscription.masked

    @admin.display(description="följer")
    def followed(self, subscription: Subscription) -> str:
        return f"löfte {subscription.promise_id}" if subscription.promise_id else "alla löften"

    @admin.action(description="Avsluta och ta bort adressen")
    def end(self, request: HttpRequest, queryset: QuerySet[Subscription]) -> None:
        keys = list(queryset.values_list("key", flat=True))
        for key in keys:
            actions.end(key.hex)
        self.message_user(request, f"{plural(len(keys), 'följare avslutad', 'följare avslutade')}.", messages.SUCCESS)


@admin.register(Change)
class ChangeAdmin(ReadOnly, admin.ModelAdmin):
    """How each piece of news has gone out, in numbers; letters are counted for ninety days."""

    list_display = ["happened_at", "kind", "place", "sent", "waiting", "lost", "spread_at"]
    list_filter = ["kind"]
    list_display_links = None
    list_select_related = ["document__municipality"]
    date_hierarchy = "happened_at"
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Change]:
        return Change.objects.counted()

    def has_view_permission(self, request: HttpRequest, obj: Change | None = None) -> bool:
        return obj is None and bool(super().has_view_permission(request, obj))

    @admin.display(description="kommun")
    def place(self, change: Change) -> str:
        return str(change.document.municipality)

    @admin.display(description="skickade")
    def sent(self, change: Change) -> int:
        return int(getattr(change, "sent_count", 0))

    @admin.display(description="väntar")
    def waiting(self, change: Change) -> int:
        return int(getattr(change, "waiting_count", 0))

    @admin.display(description="kom inte fram, eller oklart")
    def lost(self, change: Change) -> int:
        return int(getattr(change, "lost_count", 0))
