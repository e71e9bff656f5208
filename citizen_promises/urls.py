"""The table of contents: the residents' pages at the bottom, the work with them above."""

from django.urls import path

from citizen_promises import views

app_name = "citizen_promises"
urlpatterns = [
    path("arbete/", views.documents, name="documents"),
    path("arbete/nytt/", views.create, name="create"),
    path("arbete/<int:pk>/", views.detail, name="detail"),
    path("arbete/<int:pk>/redigera/", views.edit, name="edit"),
    path("arbete/<int:pk>/lofte/", views.promise_create, name="promise_create"),
    path("arbete/<int:pk>/forhandsvisa/", views.preview, name="preview"),
    path("arbete/<int:pk>/publicera/", views.publish, name="publish"),
    path("arbete/<int:pk>/avpublicera/", views.withdraw, name="withdraw"),
    path("arbete/lofte/<int:pk>/redigera/", views.promise_edit, name="promise_edit"),
    path("arbete/lofte/<int:pk>/ta-bort/", views.promise_remove, name="promise_remove"),
    path("arbete/lofte/<int:pk>/utfall/", views.outcome, name="outcome"),
    path("arbete/lofte/<int:pk>/bedom/", views.settle, name="settle"),
    path("arbete/lofte/<int:pk>/aterkoppling/", views.feedback, name="feedback"),
    path("arbete/utfall/<int:pk>/redigera/", views.outcome_edit, name="outcome_edit"),
    path("", views.public_index, name="public_index"),
    path("<slug:slug>/", views.public_municipality, name="public_municipality"),
    path("<slug:slug>/<int:pk>/", views.public_document, name="public_document"),
]
