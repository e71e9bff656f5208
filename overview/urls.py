"""The table of contents."""

from django.urls import path

from overview import views

app_name = "overview"
urlpatterns = [
    path("", views.start, name="start"),
    path("kommuner/", views.municipalities, name="municipalities"),
    path("kommuner/<slug:slug>/", views.municipality, name="municipality"),
    path("kommuner/<slug:slug>/siffror/", views.figures, name="figures"),
    path("samverkan/<int:pk>/", views.partnership, name="partnership"),
    path("omgangar/<int:pk>/", views.cycle, name="cycle"),
    path("omgangar/<int:pk>/rod-trad/", views.thread, name="thread"),
]
