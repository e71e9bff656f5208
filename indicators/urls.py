"""The table of contents."""

from django.urls import path

from indicators import views, views_fetch

app_name = "indicators"
urlpatterns = [
    path("", views.index, name="index"),
    path("import/", views.upload, name="upload"),
    path("import/kolada/", views_fetch.create, name="fetch_create"),
    path("import/kolada/<int:pk>/", views_fetch.detail, name="fetch"),
    path("import/kolada/<int:pk>/framsteg/", views_fetch.progress, name="fetch_progress"),
    path("import/kolada/<int:pk>/igen/", views_fetch.again, name="fetch_again"),
    path("import/<int:pk>/", views.batch, name="batch"),
    path("import/<int:pk>/peka-ut/", views.point_out, name="point_out"),
    path("import/<int:pk>/las-in/", views.confirm, name="confirm"),
    path("import/<int:pk>/kasta/", views.discard, name="discard"),
    path("import/<int:pk>/original/", views.original, name="original"),
    path("<slug:code>/", views.detail, name="detail"),
]
