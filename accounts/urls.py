"""The table of contents."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("konto/", views.profile, name="profile"),
    # Before allauth's own, which are included under konto/.
    path("konto/email/", views.closed, name="closed_email"),
    path("konto/password/set/", views.closed, name="closed_password_set"),
    path("konto/login/code/confirm/", views.closed, name="closed_login_code"),
    path("organisation/<int:pk>/", views.organisation, name="organisation"),
    path("organisation/<int:pk>/bjud-in/", views.invite, name="invite"),
    path("inbjudningar/<int:pk>/skicka-igen/", views.resend, name="resend"),
    path("inbjudningar/<int:pk>/aterta/", views.withdraw, name="withdraw"),
    path("roller/<int:pk>/avsluta/", views.end_role, name="end_role"),
    path("inbjudan/<str:token>/", views.accept, name="accept"),
]
