"""The table of contents."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("ny/", views.create, name="create"),
    path("lagesbild/<int:pk>/", views.order_picture, name="order_picture"),
    path("overenskommelse/<int:pk>/", views.order_agreement, name="order_agreement"),
    path("atgardsplan/<int:pk>/", views.order_plan, name="order_plan"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/framsteg/", views.progress, name="progress"),
    path("<int:pk>/forhandsvisning/", views.preview, name="preview"),
    path("<int:pk>/pdf/", views.download, name="download"),
    path("<int:pk>/igen/", views.again, name="again"),
]
