"""The table of contents: the parties' work with dialogues, and the residents' form on their municipality's address."""

from django.urls import path

from dialogues.views import asking, dialogues, heard, replies, replying, results

app_name = "dialogues"
urlpatterns = [
    path("dialoger/", dialogues.index, name="index"),
    path("dialoger/ny/", dialogues.create, name="create"),
    path("dialoger/<int:pk>/", dialogues.detail, name="detail"),
    path("dialoger/<int:pk>/andra/", dialogues.edit, name="edit"),
    path("dialoger/<int:pk>/genomford/", dialogues.hold, name="hold"),
    path("dialoger/<int:pk>/avsluta/", dialogues.close, name="close"),
    path("dialoger/<int:pk>/stall-in/", dialogues.cancel, name="cancel"),
    path("dialoger/<int:pk>/oppna-igen/", dialogues.reopen, name="reopen"),
    path("dialoger/<int:pk>/dela/", dialogues.share, name="share"),
    path("dialoger/<int:pk>/deltagare/", dialogues.numbers, name="numbers"),
    path("dialoger/<int:pk>/aterkoppling/", dialogues.feedback, name="feedback"),
    path("dialoger/<int:pk>/dokumentera/", heard.document, name="document"),
    path("dialoger/<int:pk>/dokumentera/<slug:kind>/", heard.document, name="row_create"),
    path("dialoger/<int:pk>/dokumentera/<slug:kind>/<int:row>/", heard.row_edit, name="row_edit"),
    path("dialoger/<int:pk>/dokumentera/<slug:kind>/<int:row>/ta-bort/", heard.row_remove, name="row_remove"),
    path("dialoger/punkter/<int:pk>/foto/", heard.photo, name="photo"),
    path("dialoger/teman/<int:pk>/svara/", heard.answer, name="answer"),
    path("dialoger/<int:pk>/fragor/", asking.questions, name="questions"),
    path("dialoger/<int:pk>/fragor/oppna/", asking.form_open, name="form_open"),
    path("dialoger/<int:pk>/fragor/stang/", asking.form_close, name="form_close"),
    path("dialoger/<int:pk>/fragor/<int:question>/", asking.question_edit, name="question_edit"),
    path("dialoger/<int:pk>/fragor/<int:question>/ta-bort/", asking.question_remove, name="question_remove"),
    path("dialoger/<int:pk>/svar/", replies.replies, name="replies"),
    path("dialoger/<int:pk>/svar/<int:reply>/", replies.decide, name="decide"),
    path("dialoger/<int:pk>/gallra/", replies.erase, name="erase"),
    path("dialoger/<int:pk>/publicera/", results.publish, name="publish"),
    path("dialoger/<int:pk>/avpublicera/", results.withdraw, name="withdraw"),
    path("medborgarloften/<slug:slug>/dialog/<int:pk>/", replying.reply, name="reply"),
    path("medborgarloften/<slug:slug>/dialog/<int:pk>/tack/", replying.thanks, name="thanks"),
]
