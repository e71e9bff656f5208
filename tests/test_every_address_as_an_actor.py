"""Every address of the site, asked for by somebody who only carries out a measure for an outside organisation.

What is open stands here; all else, also what is added later, answers that there is no such page. The neighbour carries
out another measure, and finds nothing of this one.
"""

import pytest

from accounts.models import Role
from agreements.models import Measure
from tests import addresses, factories, world
from tests.test_every_address_as_every_role import asked

OPEN = {
    "accessibility:privacy": "GM",
    "accessibility:report": "GG",
    "accessibility:statement": "GM",
    "accessibility:thanks": "GM",
    "accounts:profile": "GG",
    "agreements:own": "GG",
    "agreements:own_measure": "GG",
    "agreements:own_tick": "MR",
    "agreements:log_file": "GM",
    "agreements:log_file_remove": "GR",
    "overview:start": "RR",
    "dialogues:reply": "GG",
    "dialogues:thanks": "GM",
    "health": "GG",
    "subscriptions:municipality": "GG",
    "subscriptions:promise": "GG",
}
OWN = {"agreements:own_measure", "agreements:own_tick", "agreements:log_file", "agreements:log_file_remove"}
# What everybody reads, whoever they are: the room of the residents is open in whole.
OPEN |= {name: "GM" for name in addresses.names() if name.startswith("residents:")}
CLOSED = {"NN", "MN", "NM"}


@pytest.fixture
def objects(partnership, cycle, cast, organisations, lycksele, settings, tmp_path):
    """The world, with the measure begun and its log line written by the actor."""
    settings.MEDIA_ROOT = tmp_path
    made = world.build(partnership, cycle, cast, organisations, lycksele)
    Measure.objects.filter(pk=made["measure"].pk).update(status="ongoing")
    type(made["log"]).objects.filter(pk=made["log"].pk).update(participant=made["taking_part"])
    return made


def actor(organisation):
    person = factories.UserFactory()
    factories.MembershipFactory(user=person, organisation=organisation, role=Role.ACTOR, starts=factories.LONG_AGO)
    return person


def walk(client, objects):
    found = {}
    for name in addresses.names():
        address = addresses.address(name, objects)
        found[name] = asked(client, "get", address) + asked(client, "post", address)
    return found


def wanted(found, opened):
    """What is open as it is written above; of the rest, whatever is not closed as it shall be."""
    return opened | {name: "closed" for name in found if name not in opened}


def told(found, opened):
    return {name: letters if name in opened or letters not in CLOSED else "closed" for name, letters in found.items()}


def test_an_actor_reaches_its_own_measure_and_nothing_else(client, objects):
    client.force_login(actor(objects["taking_part"].organisation))

    found = walk(client, objects)

    assert told(found, OPEN) == wanted(found, OPEN)


def test_an_actor_of_another_measure_finds_nothing_of_this_one(client, objects, outside):
    other = factories.MeasureFactory(problem=objects["problem"], responsible=objects["party"], status="ongoing")
    factories.ParticipantFactory(measure=other, seat=None, organisation=outside)
    opened = {name: letters for name, letters in OPEN.items() if name not in OWN}
    client.force_login(actor(outside))

    found = walk(client, objects)

    assert told(found, opened) == wanted(found, opened)


def test_without_a_role_at_all_no_measure_is_found(client, objects, ina):
    ina.memberships.update(ends="2021-01-01")
    client.force_login(ina)

    assert client.get(addresses.address("agreements:own", objects)).status_code == 403
    assert client.get(addresses.address("agreements:own_measure", objects)).status_code == 404
