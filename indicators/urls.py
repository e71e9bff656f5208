"""The table of contents."""

from django.urls import path

from indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.index, name="index"),
    path("import/", views.upload, name="upload"),
    path("import/<int:pk>/", views.batch, name="batch"),
    path("import/<int:pk>/las-in/", views.confirm, name="confirm"),
    path("import/<int:pk>/kasta/", views.discard, name="discard"),
    path("import/<int:pk>/original/", views.original, name="original"),
    path("<slug:code>/", views.detail, name="detail"),
]
