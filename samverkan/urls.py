"""The table of contents."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from samverkan import errors

admin.site.site_header = "Samverkan – systemförvaltning"
admin.site.site_title = "Samverkan"
admin.site.index_title = "Register, användare och inläsningar"

handler404 = "samverkan.errors.not_found"

urlpatterns = [
    path("", include("overview.urls")),
    path("", include("accounts.urls")),
    path("", include("accessibility.urls")),
    path("", include("dialogues.urls")),
    path("indikatorer/", include("indicators.urls")),
    path("samverkan/", include("partnerships.urls")),
    path("lagesbilder/", include("situation.urls")),
    path("overenskommelser/", include("agreements.urls")),
    path("", include("subscriptions.urls")),
    path("medborgarloften/", include("citizen_promises.urls")),
    path("medborgarloften/", include("residents.urls")),
    path("uppfoljningar/", include("followup.urls")),
    path("steg/", include("five_steps.urls")),
    path("lagesrapporter/", include("reports.urls")),
    path("konto/", include("allauth.urls")),
    path("halsa/", login_not_required(errors.health), name="health"),
    path("admin/", admin.site.urls),
]
