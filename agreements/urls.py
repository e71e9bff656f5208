"""The table of contents."""

from django.urls import path

from agreements import rules
from agreements.views import agreements, capacity, exchange, measures, plans, signing

app_name = "agreements"
urlpatterns = [
    path("", agreements.index, name="index"),
    path("ny/", agreements.create, name="create"),
    path("<int:pk>/", agreements.detail, name="detail"),
    path("<int:pk>/andra/", agreements.edit, name="edit"),
    path("<int:pk>/skicka/", agreements.step, {"step": rules.PROPOSE}, name="propose"),
    path("<int:pk>/aterta/", agreements.step, {"step": rules.WITHDRAW}, name="withdraw"),
    path("<int:pk>/underteckna/", signing.sign, name="sign"),
    path("underskrifter/<int:pk>/aterta/", signing.revoke, name="revoke"),
    path("<int:pk>/sag-upp/", agreements.terminate, name="terminate"),
    path("excel/", exchange.exchange, name="exchange"),
    path("excel/hamta/", exchange.export, name="export"),
    path("excel/mall/", exchange.template, name="import_template"),
    path("excel/<int:pk>/", exchange.detail, name="import"),
    path("excel/<int:pk>/las-in/", exchange.confirm, name="import_confirm"),
    path("excel/<int:pk>/kasta/", exchange.discard, name="import_discard"),
    path("excel/<int:pk>/original/", exchange.original, name="import_original"),
    path("atgarder/", measures.index, name="measures"),
    path("atgarder/ny/", measures.create, name="measure_create"),
    path("atgarder/<int:pk>/", measures.detail, name="measure"),
    path("atgarder/<int:pk>/andra/", measures.edit, name="measure_edit"),
    path("atgarder/<int:pk>/logg/", measures.log, name="log"),
    path("atgarder/logg/<int:pk>/andra/", measures.log_edit, name="log_edit"),
    path("atgarder/<int:pk>/besluta/", measures.step, {"step": rules.DECIDE}, name="decide"),
    path("atgarder/<int:pk>/paborja/", measures.step, {"step": rules.START}, name="start"),
    path("atgarder/<int:pk>/genomford/", measures.step, {"step": rules.FINISH_DONE}, name="finish_done"),
    path("atgarder/<int:pk>/delvis/", measures.step, {"step": rules.FINISH_PARTLY}, name="finish_partly"),
    path("atgarder/<int:pk>/inte-genomford/", measures.step, {"step": rules.FINISH_NOT_DONE}, name="finish_not_done"),
    path("atgarder/<int:pk>/avbryt/", measures.step, {"step": rules.CANCEL}, name="cancel"),
    path("atgarder/<int:pk>/oppna/", measures.step, {"step": rules.RESUME}, name="resume"),
    path("planer/", plans.index, name="plans"),
    path("planer/ny/", plans.create, name="plan_create"),
    path("planer/<int:pk>/", plans.detail, name="plan"),
    path("planer/<int:pk>/andra/", plans.edit, name="plan_edit"),
    path("planer/<int:pk>/anta/", plans.adopt, name="plan_adopt"),
    path("planer/<int:pk>/ny-version/", plans.renew, name="plan_renew"),
    path("planer/<int:pk>/excel/", plans.workbook, name="plan_workbook"),
    path("kapacitet/", capacity.index, name="capacity"),
]
