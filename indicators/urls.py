"""The table of contents."""

from django.urls import path

from indicators.views import deliveries, fetches, figures

app_name = "indicators"
urlpatterns = [
    path("", figures.index, name="index"),
    path("import/", figures.upload, name="upload"),
    path("import/kolada/", fetches.create, name="fetch_create"),
    path("import/kolada/<int:pk>/", fetches.detail, name="fetch"),
    path("import/kolada/<int:pk>/framsteg/", fetches.progress, name="fetch_progress"),
    path("import/kolada/<int:pk>/igen/", fetches.again, name="fetch_again"),
    path("import/sandning/<int:pk>/", deliveries.detail, name="delivery"),
    path("import/sandning/<int:pk>/framsteg/", deliveries.progress, name="delivery_progress"),
    path("import/sandning/<int:pk>/las-in/", deliveries.confirm, name="delivery_confirm"),
    path("import/<int:pk>/", figures.batch, name="batch"),
    path("import/<int:pk>/peka-ut/", figures.point_out, name="point_out"),
    path("import/<int:pk>/las-in/", figures.confirm, name="confirm"),
    path("import/<int:pk>/kasta/", figures.discard, name="discard"),
    path("import/<int:pk>/original/", figures.original, name="original"),
    path("<slug:code>/", figures.detail, name="detail"),
]
