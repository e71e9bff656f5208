"""The table of contents."""

from django.urls import path

from agreements import rules
from agreements.views import agreements, comparing, drafting, joint, keeping, measures, signing

app_name = "agreements"
urlpatterns = [
    path("", agreements.index, name="index"),
    path("ny/", agreements.create, name="create"),
    path("<int:pk>/", agreements.detail, name="detail"),
    path("<int:pk>/andra/", agreements.edit, name="edit"),
    path("<int:pk>/skicka/", agreements.step, {"step": rules.PROPOSE}, name="propose"),
    path("<int:pk>/aterta/", agreements.step, {"step": rules.WITHDRAW}, name="withdraw"),
    path("<int:pk>/avsnitt/<slug:name>/", drafting.section, name="section"),
    path("<int:pk>/avsnitt/<slug:name>/synpunkt/", drafting.comment, name="comment"),
    path("synpunkter/<int:pk>/for-in/", drafting.answer, {"step": rules.ACCEPT}, name="accept"),
    path("synpunkter/<int:pk>/for-inte-in/", drafting.answer, {"step": rules.DECLINE}, name="decline"),
    path("<int:pk>/ataganden/<int:party>/", drafting.undertaking, name="undertaking"),
    path("<int:pk>/ataganden/<int:party>/ta-bort/", drafting.undertaking_remove, name="undertaking_remove"),
    path("<int:pk>/versioner/", drafting.versions, name="versions"),
    path("<int:pk>/jamfor/", comparing.compare, name="compare"),
    path("<int:pk>/remiss/", drafting.refer, {"step": rules.REFER}, name="refer"),
    path("<int:pk>/remiss/avsluta/", agreements.step, {"step": rules.END_REFERRAL}, name="end_referral"),
    path("<int:pk>/beslut/", keeping.decide, name="register_decision"),
    path("<int:pk>/forlang/", keeping.prolong, name="prolong"),
    path("forlangningar/<int:pk>/samtyck/", keeping.consent, name="consent"),
    path("forlangningar/<int:pk>/aterta/", keeping.drop, name="drop_prolongation"),
    path("<int:pk>/anslut/", keeping.adhere, {"verb": "join"}, name="join"),
    path("<int:pk>/lamna/", keeping.adhere, {"verb": "leave"}, name="leave"),
    path("<int:pk>/revidera/", joint.revise, name="revise"),
    path("<int:pk>/lokala-delar/", joint.local_parts, name="local_parts"),
    path("<int:pk>/anpassning/<slug:name>/", joint.adapt, name="adapt"),
    path("<int:pk>/anpassning/<slug:name>/ta-bort/", joint.adaptation_remove, name="adaptation_remove"),
    path("<int:pk>/underteckna/", signing.sign, name="sign"),
    path("underskrifter/<int:pk>/aterta/", signing.revoke, name="revoke"),
    path("<int:pk>/sag-upp/", agreements.terminate, name="terminate"),
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
