"""The table of contents."""

from django.urls import path

from agreements import rules
from agreements.views import agreements, goals, measures, parts, signing

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
    path("mal/", goals.index, name="goals"),
    path("mal/ny/", goals.create, name="goal_create"),
    path("mal/rad/", goals.advice, name="goal_advice"),
    path("mal/<int:pk>/", goals.detail, name="goal"),
    path("mal/<int:pk>/andra/", goals.edit, name="goal_edit"),
    path("mal/<int:pk>/anta/", goals.step, {"step": rules.ADOPT}, name="adopt"),
    path("mal/<int:pk>/stryk/", goals.step, {"step": rules.DROP}, name="drop"),
    path("mal/<int:pk>/ta-upp/", goals.step, {"step": rules.REVIVE}, name="revive"),
    path("atgarder/", measures.index, name="measures"),
    path("atgarder/ny/", measures.create, name="measure_create"),
    path("atgarder/<int:pk>/", measures.detail, name="measure"),
    path("atgarder/<int:pk>/andra/", measures.edit, name="measure_edit"),
    path("atgarder/<int:pk>/logg/", measures.log, name="log"),
    path("atgarder/logg/<int:pk>/andra/", measures.log_edit, name="log_edit"),
    path("atgarder/logg/<int:pk>/ta-bort/", measures.log_undo, name="log_undo"),
    path("atgarder/<int:pk>/moment/ny/", parts.part_add, name="part_create"),
    path("atgarder/moment/<int:pk>/andra/", parts.part_edit, name="part_edit"),
    path("atgarder/moment/<int:pk>/klart/", parts.part_tick, {"done": True}, name="part_done"),
    path("atgarder/moment/<int:pk>/inte-klart/", parts.part_tick, {"done": False}, name="part_undo"),
    path("atgarder/moment/<int:pk>/ta-bort/", parts.part_remove, name="part_remove"),
    path("atgarder/<int:pk>/medverkande/ny/", parts.participant_add, name="participant_create"),
    path("atgarder/medverkande/<int:pk>/andra/", parts.participant_edit, name="participant_edit"),
    path("atgarder/medverkande/<int:pk>/avsluta/", parts.participant_end, name="participant_end"),
    path("atgarder/<int:pk>/besluta/", measures.step, {"step": rules.DECIDE}, name="decide"),
    path("atgarder/<int:pk>/paborja/", measures.step, {"step": rules.START}, name="start"),
    path("atgarder/<int:pk>/genomford/", measures.step, {"step": rules.FINISH_DONE}, name="finish_done"),
    path("atgarder/<int:pk>/delvis/", measures.step, {"step": rules.FINISH_PARTLY}, name="finish_partly"),
    path("atgarder/<int:pk>/inte-genomford/", measures.step, {"step": rules.FINISH_NOT_DONE}, name="finish_not_done"),
    path("atgarder/<int:pk>/avbryt/", measures.step, {"step": rules.CANCEL}, name="cancel"),
    path("atgarder/<int:pk>/oppna/", measures.step, {"step": rules.RESUME}, name="resume"),
]
