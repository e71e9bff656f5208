"""The table of contents."""

from django.urls import path

from accessibility import views

app_name = "accessibility"
urlpatterns = [
    path("tillganglighet/", views.statement, name="statement"),
    path("tillganglighet/rapportera/", views.report, name="report"),
    path("tillganglighet/rapportera/tack/", views.thanks, name="thanks"),
    path("kakor-och-personuppgifter/", views.privacy, name="privacy"),
]
