"""The table of contents."""

from django.urls import path

from situation import rules
from situation.views import causes, parts, pictures, problems

SOURCE, FINDING = {"part": "source"}, {"part": "finding"}

app_name = "situation"
urlpatterns = [
    path("", pictures.index, name="index"),
    path("ny/", pictures.create, name="create"),
    path("<int:pk>/", pictures.picture, name="picture"),
    path("<int:pk>/andra/", pictures.edit, name="edit"),
    path("<int:pk>/klar/", pictures.step, {"step": rules.MARK_READY}, name="mark_ready"),
    path("<int:pk>/oppna/", pictures.step, {"step": rules.BACK_TO_DRAFT}, name="back_to_draft"),
    path("<int:pk>/faststall/", pictures.step, {"step": rules.ESTABLISH}, name="establish"),
    path("<int:pk>/dela/", pictures.step, {"step": rules.SHARE}, name="share"),
    path("<int:pk>/slapp/", pictures.step, {"step": rules.RELEASE}, name="release"),
    path("<int:pk>/ledningen/", pictures.step, {"step": rules.LEADERSHIP_READ}, name="leadership_read"),
    path("<int:pk>/ny-version/", pictures.step, {"step": rules.NEW_VERSION}, name="new_version"),
    path("<int:pk>/kallor/ny/", parts.create, SOURCE, name="source_create"),
    path("kallor/<int:pk>/andra/", parts.edit, SOURCE, name="source_edit"),
    path("kallor/<int:pk>/ta-bort/", parts.remove, SOURCE, name="source_remove"),
    path("<int:pk>/iakttagelser/ny/", parts.create, FINDING, name="finding_create"),
    path("iakttagelser/<int:pk>/andra/", parts.edit, FINDING, name="finding_edit"),
    path("iakttagelser/<int:pk>/ta-bort/", parts.remove, FINDING, name="finding_remove"),
    path("problem/", problems.index, name="problems"),
    path("problem/ny/", problems.create, name="problem_create"),
    path("problem/<int:pk>/", problems.detail, name="problem"),
    path("problem/<int:pk>/andra/", problems.edit, name="problem_edit"),
    path("problem/<int:pk>/uppat/", problems.up, name="problem_up"),
    path("problem/<int:pk>/prioritera/", problems.step, {"step": rules.PRIORITISE}, name="prioritise"),
    path("problem/<int:pk>/bevaka/", problems.step, {"step": rules.WATCH}, name="watch"),
    path("problem/<int:pk>/avskriv/", problems.step, {"step": rules.DISMISS}, name="dismiss"),
    path("problem/<int:pk>/lost/", problems.step, {"step": rules.SOLVE}, name="solve"),
    path("problem/<int:pk>/orsaker/", causes.begin, name="analysis_begin"),
    path("orsaksanalys/<int:pk>/", causes.detail, name="analysis"),
    path("orsaksanalys/<int:pk>/andra/", causes.edit, name="analysis_edit"),
    path("orsaksanalys/<int:pk>/klar/", causes.conclude, name="conclude"),
    path("orsaksanalys/<int:pk>/fortsatt/", causes.step, {"step": rules.CONTINUE}, name="continue"),
    path("orsaksanalys/<int:pk>/orsak/", causes.cause_create, name="cause_create"),
    path("orsaker/<int:pk>/andra/", causes.cause_edit, name="cause_edit"),
    path("orsaker/<int:pk>/ta-bort/", causes.cause_remove, name="cause_remove"),
    path("problem/<int:pk>/ta-upp-igen/", problems.step, {"step": rules.RECONSIDER}, name="reconsider"),
]
