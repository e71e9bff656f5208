"""What happens to a picture, as it happens in the house."""

from situation import actions
from situation.models import Picture
from tests import approving
from tests.reports.conftest import DAY

__all__ = ["DAY", "establish", "release", "share"]


def share(picture, by):
    Picture.objects.filter(pk=picture.pk).update(status="ready")
    picture.refresh_from_db()
    actions.share(picture, by=by)
    picture.refresh_from_db()


def establish(picture, by):
    Picture.objects.filter(pk=picture.pk).update(status="ready")
    picture.refresh_from_db()
    approving.establish(picture, by)
    picture.refresh_from_db()


def release(picture, by):
    actions.release(picture, by=by)
    picture.refresh_from_db()
