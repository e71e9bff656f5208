"""The table of contents."""

from django.urls import path

from five_steps import views
from five_steps.rules import BEGIN, CONFIRM, DISMISS, REOPEN

app_name = "five_steps"
urlpatterns = [
    path("<int:cycle_pk>/<str:code>/", views.line, name="line"),
    path("<int:cycle_pk>/<str:code>/paborja/", views.move, {"step": BEGIN}, name="begin"),
    path("<int:cycle_pk>/<str:code>/bekrafta/", views.move, {"step": CONFIRM}, name="confirm"),
    path("<int:cycle_pk>/<str:code>/ej-aktuell/", views.move, {"step": DISMISS}, name="dismiss"),
    path("<int:cycle_pk>/<str:code>/oppna-igen/", views.move, {"step": REOPEN}, name="reopen"),
]
