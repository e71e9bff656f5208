"""What is marked "delvis sekretess" stays with the parties: county board and Brå never get it by the way."""

import datetime as dt

import pytest

from agreements import content
from agreements.models import Agreement
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
    picture = factories.PictureFactory(
        partnership=partnership,
        status="established",
        established_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        established_by=bo,
        frozen={},
        checksum="e" * 64,
        information_class="partly_secret",
    )
    client.force_login(bo)

    page = client.post(f"/lagesbilder/{picture.pk}/slapp/", follow=True).content.decode()

    picture.refresh_from_db()
    assert picture.released_at is None
    assert "delvis sekretess" in page
