"""What is marked "delvis sekretess" stays with the parties: county board and Brå never get it by the way."""

import datetime as dt

import pytest

from agreements import content
from agreements.models import Agreement
from lib.dates import now
from situation import content as pictures
from situation.models import Picture
from tests import factories


@pytest.mark.parametrize(("marked", "status"), [("open", 200), ("partly_secret", 404)])
@pytest.mark.parametrize("overseer", ["fia", "greta"])
def test_a_signed_agreement(client, cast, partnership, overseer, marked, status):
    agreement = factories.AgreementFactory(
        partnership=partnership, title="Avtal om torget", purpose="Trygghet", areas="Torget", information_class=marked
    )
    frozen = {"frozen": content.of(agreement), "checksum": "e" * 64}
    Agreement.objects.filter(pk=agreement.pk).update(status="signed", signed_on=dt.date(2026, 1, 1), **frozen)
    client.force_login(cast[overseer])

    assert client.get(f"/overenskommelser/{agreement.pk}/").status_code == status
    assert (agreement.title in client.get(f"/overenskommelser/?samverkan={partnership.pk}").content.decode()) is (
        status == 200
    )


def test_an_established_picture_is_not_released(client, cast, partnership, bo):
    picture = factories.PictureFactory(partnership=partnership, information_class="partly_secret")
    frozen = {"frozen": pictures.of(picture) | {"established_on": "2026-01-01"}, "checksum": "e" * 64}
    by = {"established_at": now(), "established_by": bo}
    Picture.objects.filter(pk=picture.pk).update(status="established", **by, **frozen)
    client.force_login(bo)

    page = client.post(f"/lagesbilder/{picture.pk}/slapp/", follow=True).content.decode()

    picture.refresh_from_db()
    assert picture.released_at is None
    assert "delvis sekretess" in page
