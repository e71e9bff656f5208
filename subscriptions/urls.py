"""The table of contents: beside the pages of what is followed, and what the letters lead to."""

from django.urls import path

from subscriptions import views

app_name = "subscriptions"
urlpatterns = [
    path("medborgarloften/<slug:slug>/folj/", views.municipality, name="municipality"),
    path("medborgarloften/<slug:slug>/<int:document_pk>/<int:pk>/folj/", views.promise, name="promise"),
    path("folj/bekrafta/<str:token>/", views.confirm, name="confirm"),
    path("folj/avsluta/<str:token>/", views.end, name="end"),
]
