"""The table of contents."""

from django.urls import path

from followup import views

app_name = "followup"
urlpatterns = [
    path("", views.index, name="index"),
    path("ny/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/redigera/", views.edit, name="edit"),
    path("<int:pk>/avsluta/", views.finish, name="finish"),
    path("<int:pk>/styrgruppen/", views.steering_group, name="steering_group"),
]
