"""The table of contents. What residents read at the addresses above stands in residents.urls."""

from django.urls import path

from citizen_promises.views import documents, languages, promises, steps

app_name = "citizen_promises"
urlpatterns = [
    path("arbete/", documents.documents, name="documents"),
    path("arbete/nytt/", documents.create, name="create"),
    path("arbete/<int:pk>/", documents.detail, name="detail"),
    path("arbete/<int:pk>/redigera/", documents.edit, name="edit"),
    path("arbete/<int:pk>/forhandsvisa/", documents.preview, name="preview"),
    path("arbete/<int:pk>/lofte/", promises.promise_create, name="promise_create"),
    path("arbete/<int:pk>/beratta/", promises.quick, name="quick"),
    path("arbete/<int:pk>/sprak/", languages.language_create, name="language_create"),
    path("arbete/<int:pk>/godkann/", steps.approve, name="approve"),
    path("arbete/<int:pk>/oppna-for-andring/", steps.back_to_draft, name="back_to_draft"),
    path("arbete/<int:pk>/publicera/", steps.publish, name="publish"),
    path("arbete/<int:pk>/publicera-senare/", steps.schedule, name="schedule"),
    path("arbete/<int:pk>/ta-bort-tiden/", steps.unschedule, name="unschedule"),
    path("arbete/<int:pk>/underskrift/", steps.sign, name="sign"),
    path("arbete/<int:pk>/kanal/", steps.announce, name="announce"),
    path("arbete/<int:pk>/avsluta/", steps.close, name="close"),
    path("arbete/<int:pk>/oppna-igen/", steps.reopen, name="reopen"),
    path("arbete/<int:pk>/avpublicera/", steps.withdraw, name="withdraw"),
    path("arbete/<int:pk>/nasta/", steps.renew, name="renew"),
    path("arbete/underskrift/<int:pk>/aterta/", steps.revoke, name="revoke"),
    path("arbete/kanal/<int:pk>/ta-bort/", steps.channel_remove, name="channel_remove"),
    path("arbete/sprak/<int:pk>/", languages.language, name="language"),
    path("arbete/sprak/<int:pk>/ta-bort/", languages.language_remove, name="language_remove"),
    path("arbete/lofte/<int:pk>/redigera/", promises.promise_edit, name="promise_edit"),
    path("arbete/lofte/<int:pk>/ta-bort/", promises.promise_remove, name="promise_remove"),
    path("arbete/lofte/<int:pk>/egenkontroll/", promises.self_check, name="self_check"),
    path("arbete/lofte/<int:pk>/utfall/", promises.outcome, name="outcome"),
    path("arbete/lofte/<int:pk>/bedom/", promises.settle, name="settle"),
    path("arbete/lofte/<int:pk>/aterkoppling/", promises.feedback, name="feedback"),
    path("arbete/utfall/<int:pk>/redigera/", promises.outcome_edit, name="outcome_edit"),
]
