"""Every address of the site, asked for by everybody: who gets in, who is refused, who finds nothing.

The table is written by hand, so that a door that opens too far is noticed here even if its own rule says so. A new
address without a row fails the first test. One letter a person: G a page, R sent on to another page, L asked to
sign in, F forbidden, N not found, M not with that method, B bad request. First GET, then POST with nothing in it.
"""

import pytest
from django.db import transaction

from tests import addresses, world

WHO = ["visitor", "anna", "bo", "cecilia", "hans", "eva", "fia", "greta", "lisa", "ove"]
LETTERS = {200: "G", 400: "B", 403: "F", 404: "N", 405: "M", 422: "B"}

# Anna and Bo coordinate, Cecilia signs, Hans reads: all in the partnership. Eva works elsewhere, Fia at Brå, Greta at
# the county board; Lisa administers Lycksele's people, Ove the system.
TABLE = {
    ("LFGFFNNNNN", "LFGFFNNNNN"): """
        agreements:import_original citizen_promises:revoke
    """,
    ("LGGFFNFFNF", "LGGFFNFFNF"): """
        agreements:create agreements:goal_advice agreements:goal_create agreements:measure_create agreements:plan_create
        citizen_promises:announce citizen_promises:feedback citizen_promises:quick citizen_promises:reopen
        citizen_promises:settle citizen_promises:withdraw partnerships:cancel partnerships:close
        partnerships:cycle_create partnerships:cycle_edit partnerships:cycle_keep partnerships:edit partnerships:fill
        partnerships:group_create
        partnerships:group_edit partnerships:holding_edit partnerships:party_add partnerships:party_edit
        partnerships:party_leave partnerships:replace partnerships:seat_create partnerships:seat_edit
        partnerships:seat_end partnerships:vacate situation:create situation:problem_create
    """,
    ("LGGFFNNNNN", "LGGFFNNNNN"): """
        dialogues:answer dialogues:cancel dialogues:create dialogues:decide dialogues:document dialogues:edit
        dialogues:erase dialogues:feedback dialogues:form_open dialogues:publish dialogues:question_edit
        dialogues:questions dialogues:reopen dialogues:replies dialogues:row_create dialogues:row_edit
        dialogues:withdraw
        agreements:actor_end agreements:actors agreements:adapt agreements:annex_add agreements:cancel
        agreements:decide agreements:decline agreements:drop agreements:edit agreements:goal_edit agreements:local_parts
        agreements:log_edit agreements:measure_edit agreements:part_create agreements:part_edit
        agreements:participant_create agreements:participant_edit agreements:plan_adopt agreements:plan_edit
        agreements:refer agreements:undertaking citizen_promises:create citizen_promises:edit
        citizen_promises:language citizen_promises:language_create citizen_promises:promise_create
        citizen_promises:promise_edit citizen_promises:publish citizen_promises:schedule citizen_promises:self_check
        followup:create
        followup:edit followup:steering_group situation:analysis_edit situation:cause_create situation:cause_edit
        situation:dismiss situation:edit situation:finding_create situation:finding_edit situation:keep_as_question
        situation:merge situation:merge_choose situation:problem_edit situation:resolve situation:source_create
        situation:source_edit situation:watch
    """,
    ("LGGGGNNNNN", "LMMMMMMMMM"): """
        dialogues:photo
        agreements:annex agreements:log_file
    """,
    ("LFGFFNFFNF", "LFGFFNFFNF"): """
        citizen_promises:outcome citizen_promises:outcome_edit
    """,
    ("LGGFFNFFNF", "LRRFFNFFNF"): """
        citizen_promises:close
    """,
    ("LFFFFFFFFF", "LFFFFFFFFF"): """
        agreements:own
    """,
    ("LMMMMMMMMM", "LNNNNNNNNN"): """
        agreements:own_tick
    """,
    ("LGGGGNNNNN", "LGGGGNNNNN"): """
        dialogues:detail
        agreements:compare agreements:detail agreements:goal agreements:import
        agreements:measure agreements:plan agreements:plan_workbook citizen_promises:detail citizen_promises:preview
        followup:detail followup:index partnerships:handover partnerships:seat reports:detail reports:preview
        reports:progress situation:analysis situation:picture situation:priority situation:priority_one
        situation:problem
    """,
    ("LGGGGGGGGG", "LGGGGGGGGG"): """
        accounts:profile indicators:detail indicators:index overview:figures overview:municipalities
        overview:municipality overview:start partnerships:index reports:index
    """,
    ("LRRFFNNNNN", "LRRFFNNNNN"): """
        agreements:end_referral agreements:finish_done agreements:register_publication agreements:start
        agreements:withdraw situation:back_to_draft situation:new_version situation:reconsider
        situation:reopen_difference situation:solve
    """,
    ("LGGGGNGGNG", "LGGGGNGGNG"): """
        agreements:index citizen_promises:documents five_steps:line overview:cycle overview:partnership
        partnerships:cycles partnerships:organisation situation:index
    """,
    ("LGGFFNNNNN", "LRRFFNNNNN"): """
        dialogues:numbers
        agreements:plan_throw_away agreements:throw_away
        agreements:accept agreements:adopt agreements:log_file_remove agreements:log_undo
        agreements:propose followup:finish situation:mark_ready situation:prioritise
    """,
    ("LNNNNNNNNN", "LNNNNNNNNN"): """
        accounts:closed_email accounts:closed_login_code accounts:closed_password_set agreements:own_measure
        reports:download
    """,
    ("LMMMMMMMMM", "LRRFFNNNNN"): """
        dialogues:close dialogues:form_close dialogues:hold dialogues:question_remove dialogues:row_remove
        agreements:adaptation_remove agreements:annex_remove agreements:import_confirm agreements:import_discard
        agreements:part_done agreements:part_remove agreements:part_undo agreements:participant_end
        agreements:plan_renew agreements:undertaking_remove citizen_promises:back_to_draft
        citizen_promises:language_remove citizen_promises:promise_remove citizen_promises:unschedule
        situation:analysis_begin
        situation:cause_remove situation:conclude situation:difference_remove situation:finding_remove
        situation:merge_section situation:problem_up situation:source_remove situation:take_problem situation:undo_take
    """,
    ("LRRFFNNNNN", "LGGFFNNNNN"): """
        situation:share
        agreements:goal_judge agreements:finish_not_done agreements:finish_partly
        agreements:resume agreements:revise agreements:revive situation:continue
    """,
    ("LGGGGNFFNF", "LGGGGNFFNF"): """
        dialogues:index
        agreements:capacity agreements:goals agreements:import_template agreements:measures agreements:plans
        overview:thread reports:create situation:priorities situation:problems
    """,
    ("LMMMMMMMMM", "LGGGGNFFNF"): """
        agreements:export
    """,
    ("LGGGGNFFNF", "LGGFFNFFNF"): """
        agreements:exchange
    """,
    ("LFFFFNNNNN", "LFFFFNNNNN"): """
        agreements:original_add agreements:prolong agreements:register_decision agreements:revoke agreements:sign
        agreements:terminate
    """,
    ("LMMMMMMMMM", "LBBFFNFFNF"): """
        five_steps:confirm five_steps:dismiss five_steps:reopen
    """,
    ("GGGGGGGGGG", "MMMMMMMMMM"): """
        accessibility:privacy accessibility:statement accessibility:thanks
        dialogues:thanks
        residents:agreement residents:county residents:data residents:data_set residents:dialogue residents:document
        residents:municipality residents:nation residents:openapi residents:promise residents:qr residents:register
        residents:schema residents:nation_feed residents:county_feed residents:municipality_feed
        residents:promise_feed residents:calendar residents:follow residents:panel residents:embed
    """,
    ("LNGFFNNFFG", "LNGFFNNFFG"): """
        indicators:batch indicators:delivery indicators:delivery_progress indicators:fetch indicators:fetch_progress
        indicators:original
    """,
    ("LNRFFNNFFR", "LNRFFNNFFR"): """
        indicators:point_out
    """,
    ("LGGFFGGFFG", "LGGFFGGFFG"): """
        indicators:fetch_create indicators:upload
    """,
    ("LMMMMMMMMM", "LFNFFNNNRR"): """
        accounts:resend accounts:withdraw
    """,
    ("LRRRFNNNNN", "LRRRFNNNNN"): """
        situation:establish situation:release
    """,
    ("LMMMMMMMMM", "LNRFFNNFFR"): """
        indicators:confirm indicators:delivery_confirm indicators:discard indicators:fetch_again
    """,
    ("NNNNNNNNNN", "NNNNNNNNNN"): """
        accounts:accept subscriptions:confirm subscriptions:end
    """,
    ("LFNFFNNNGG", "LFNFFNNNGG"): """
        accounts:end_role
    """,
    ("LMMMMMMMMM", "LFNFFNNNGG"): """
        accounts:invite
    """,
    ("LGNGGNNNGG", "LGNGGNNNGG"): """
        accounts:organisation
    """,
    ("LMMMMMMMMM", "LGGFFNNNNN"): """
        agreements:log situation:priority_weights
    """,
    ("LMMMMMMMMM", "LRRFFNFFNF"): """
        citizen_promises:channel_remove citizen_promises:renew five_steps:begin situation:priority_begin
    """,
    ("LGGGFNNNNN", "LGGGFNNNNN"): """
        citizen_promises:approve citizen_promises:sign situation:priority_settle
    """,
    ("GGGGGGGGGG", "GGGGGGGGGG"): """
        accessibility:report dialogues:reply health subscriptions:municipality subscriptions:promise
    """,
    ("LGGFFGFFFF", "LGGFFGFFFF"): """
        partnerships:create
    """,
    ("LMMMMMMMMM", "LRRRRNNNNN"): """
        reports:again
    """,
    ("LRRRFNNNNN", "LGGGFNNNNN"): """
        agreements:join agreements:leave situation:approve situation:leadership_read
    """,
    ("LGGGGNNNNN", "LRRRRNNNNN"): """
        reports:order_agreement reports:order_picture reports:order_plan
    """,
    ("LGFGFNNNNN", "LGFGFNNNNN"): """
        situation:adopt situation:adopt_edit
    """,
    ("LMMMMMMMMM", "LBBFFNNNNN"): """
        situation:difference situation:priority_cells
    """,
    ("LNGNNNNNNN", "LNRNNNNNNN"): """
        dialogues:share
        situation:light
    """,
    ("LNGNNNNNNN", "LNGNNNNNNN"): """
        situation:withheld_note
    """,
    ("LMMMMMMMMM", "LFRFFNFFNF"): """
        situation:light_begin
    """,
    ("LGGGGNNNNN", "LGGFFNNNNN"): """
        agreements:section agreements:versions
    """,
    ("LMMMMMMMMM", "LGGGGNNNNN"): """
        agreements:comment
    """,
    ("LGGGFNFFNF", "LGGGFNFFNF"): """
        agreements:consent agreements:drop_prolongation
    """,
}
EXPECTED = {name: letters for letters, names in TABLE.items() for name in names.split()}


def letter(response):
    if response.status_code in (301, 302):
        return "L" if "/konto/login/" in response.url else "R"
    return LETTERS.get(response.status_code, str(response.status_code))


def asked(client, method, address):
    """The answer as a letter; whatever the request changed is undone."""
    undo = transaction.savepoint()
    response = getattr(client, method)(address)
    for close in response._resource_closers:  # not the response itself: that would also let go of the database
        close()
    transaction.savepoint_rollback(undo)
    return letter(response)


def test_every_address_has_a_row():
    assert sorted(EXPECTED) == addresses.names()


@pytest.mark.parametrize("who", WHO)
def test_every_address(who, client, partnership, cycle, cast, organisations, lycksele, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    objects = world.build(partnership, cycle, cast, organisations, lycksele)
    if who != "visitor":
        client.force_login(cast[who])
    found, place = {}, WHO.index(who)

    for name in addresses.names():
        address = addresses.address(name, objects)
        found[name] = asked(client, "get", address) + asked(client, "post", address)

    assert found == {name: get[place] + post[place] for name, (get, post) in EXPECTED.items()}
