"""The table of contents."""

from django.urls import path

from agreements import rules
from agreements.views import actors, agreements, files, measures, signing

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
    path("<int:pk>/bilagor/ny/", files.annex_add, name="annex_add"),
    path("<int:pk>/original/", files.original_add, name="original_add"),
    path("bilagor/<int:pk>/", files.annex, name="annex"),
    path("bilagor/<int:pk>/ta-bort/", files.annex_remove, name="annex_remove"),
    path("atgarder/logg/filer/<int:pk>/", files.log_file, name="log_file"),
    path("atgarder/logg/filer/<int:pk>/ta-bort/", files.log_file_remove, name="log_file_remove"),
    path("atgarder/<int:pk>/utforare/", actors.actors, name="actors"),
    path("atgarder/utforare/<int:pk>/avsluta/", actors.actor_end, name="actor_end"),
    path("utforare/", actors.own, name="own"),
    path("utforare/<int:pk>/", actors.own_measure, name="own_measure"),
    path("utforare/<int:pk>/moment/<int:part>/", actors.own_tick, name="own_tick"),
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
]
