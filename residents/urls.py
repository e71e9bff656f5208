"""The table of contents: from Sweden down to one promise. These addresses are printed and shared, and never die."""

from django.urls import path, re_path

from residents.views import data, feeds, more, panel, site

app_name = "residents"
PROMISE = "<slug:slug>/<int:pk>/<int:promise_pk>/"

urlpatterns = [
    path("", site.nation, name="nation"),
    path("data/", data.page, name="data"),
    path("data/schema.json", data.json_schema, name="schema"),
    path("data/openapi.json", data.openapi, name="openapi"),
    re_path(r"^data/(?P<name>[a-z]+)\.(?P<kind>json|csv)$", data.data_set, name="data_set"),
    path("atom.xml", feeds.nation, name="nation_feed"),
    path("lan/<slug:slug>/", site.county, name="county"),
    path("lan/<slug:slug>/atom.xml", feeds.county, name="county_feed"),
    path("<slug:slug>/", site.municipality, name="municipality"),
    path("<slug:slug>/atom.xml", feeds.municipality, name="municipality_feed"),
    path("<slug:slug>/kalender.ics", feeds.dates, name="calendar"),
    path("<slug:slug>/floden/", feeds.follow, name="follow"),
    path("<slug:slug>/panel/", panel.panel, name="panel"),
    path("<slug:slug>/panel/infoga/", panel.embed, name="embed"),
    path("<slug:slug>/overenskommelser/", more.register, name="register"),
    path("<slug:slug>/overenskommelser/<int:pk>/", more.agreement, name="agreement"),
    path("<slug:slug>/dialoger/<int:pk>/", more.dialogue, name="dialogue"),
    path("<slug:slug>/<int:pk>/", site.document, name="document"),
    path(PROMISE, site.promise, name="promise"),
    path(f"{PROMISE}qr.svg", more.qr, name="qr"),
    path(f"{PROMISE}atom.xml", feeds.promise, name="promise_feed"),
]
