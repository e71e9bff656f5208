"""The table of contents."""

from django.urls import path

from partnerships import rules
from partnerships.views import cycle, partnership, seat

app_name = "partnerships"
urlpatterns = [
    path("", partnership.index, name="index"),
    path("ny/", partnership.create, name="create"),
    path("<int:pk>/andra/", partnership.edit, name="edit"),
    path("<int:pk>/organisation/", partnership.organisation, name="organisation"),
    path("<int:pk>/parter/ny/", partnership.party_add, name="party_add"),
    path("parter/<int:pk>/andra/", partnership.party_edit, name="party_edit"),
    path("parter/<int:pk>/lamna/", partnership.party_leave, name="party_leave"),
    path("<int:pk>/grupper/ny/", seat.group_create, name="group_create"),
    path("grupper/<int:pk>/andra/", seat.group_edit, name="group_edit"),
    path("<int:pk>/funktioner/ny/", seat.seat_create, name="seat_create"),
    path("funktioner/<int:pk>/", seat.seat, name="seat"),
    path("funktioner/<int:pk>/andra/", seat.seat_edit, name="seat_edit"),
    path("funktioner/<int:pk>/upphor/", seat.seat_end, name="seat_end"),
    path("funktioner/<int:pk>/tillsatt/", seat.fill, name="fill"),
    path("funktioner/<int:pk>/overlamning/", seat.handover, name="handover"),
    path("innehavare/<int:pk>/byt/", seat.replace, name="replace"),
    path("innehavare/<int:pk>/slutar/", seat.vacate, name="vacate"),
    path("innehavare/<int:pk>/andra/", seat.holding_edit, name="holding_edit"),
    path("<int:pk>/omgangar/", cycle.index, name="cycles"),
    path("<int:pk>/omgangar/ny/", cycle.create, name="cycle_create"),
    path("<int:pk>/omgangar/tidigare/", cycle.keep, name="cycle_keep"),
    path("omgangar/<int:pk>/andra/", cycle.edit, name="cycle_edit"),
    path("omgangar/<int:pk>/avsluta/", cycle.step, {"step": rules.CLOSE}, name="close"),
    path("omgangar/<int:pk>/avbryt/", cycle.step, {"step": rules.CANCEL}, name="cancel"),
]
