"""What stands in the addresses: for every view the object of the world that its address points at."""

from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from residents.queries import county_slug
from tests.world import TOKEN

# room → the object that a bare <pk> means there, unless the view is named below
USUAL = {
    "overview": "partnership",
    "accounts": "organisation",
    "indicators": "batch",
    "partnerships": "partnership",
    "situation": "picture",
    "agreements": "agreement",
    "dialogues": "dialogue",
    "citizen_promises": "document",
    "followup": "follow_up",
    "reports": "report",
}
MEANT = {
    "overview:cycle": "cycle",
    "overview:thread": "cycle",
    "accounts:resend": "invitation",
    "accounts:withdraw": "invitation",
    "accounts:end_role": "membership",
    "partnerships:party_edit": "party",
    "partnerships:party_leave": "party",
    "partnerships:group_edit": "group",
    "partnerships:replace": "holding",
    "partnerships:vacate": "holding",
    "partnerships:holding_edit": "holding",
    "partnerships:cycle_edit": "cycle",
    "partnerships:close": "cycle",
    "partnerships:cancel": "cycle",
    "situation:light": "own_draft",
    "situation:withheld_note": "own_draft",
    "situation:merge": "merging",
    "situation:merge_choose": "merging",
    "situation:resolve": "difference",
    "situation:keep_as_question": "difference",
    "situation:reopen_difference": "difference",
    "situation:difference": "merging",
    "situation:difference_remove": "difference",
    "situation:adopt": "lawful",
    "situation:adopt_edit": "decision",
    "agreements:revoke": "signature",
    "agreements:log_edit": "log",
    "agreements:import": "workbook",
    "agreements:import_confirm": "workbook",
    "agreements:import_discard": "workbook",
    "agreements:import_original": "workbook",
    "agreements:plan_renew": "adopted",
    "reports:order_agreement": "agreement",
    "reports:order_plan": "plan",
    "agreements:accept": "comment",
    "agreements:decline": "comment",
    "agreements:consent": "prolongation",
    "agreements:drop_prolongation": "prolongation",
    "agreements:annex": "annex",
    "agreements:annex_remove": "annex",
    "agreements:log_file": "log_file",
    "agreements:log_file_remove": "log_file",
    "agreements:actors": "measure",
    "agreements:actor_end": "taking_part",
    "agreements:own_measure": "taking_part",
    "agreements:log_undo": "log",
    "agreements:part_create": "measure",
    "agreements:participant_create": "measure",
    "agreements:adopt": "goal",
    "agreements:goal_judge": "goal",
    "agreements:drop": "goal",
    "agreements:revive": "goal",
    "citizen_promises:outcome_edit": "outcome",
    "citizen_promises:outcome": "kept",
    "citizen_promises:settle": "kept",
    "citizen_promises:feedback": "kept",
    "citizen_promises:withdraw": "published",
    "citizen_promises:quick": "published",
    "citizen_promises:announce": "published",
    "citizen_promises:close": "published",
    "citizen_promises:renew": "published",
    "citizen_promises:reopen": "closed",
    "citizen_promises:publish": "approved",
    "citizen_promises:schedule": "approved",
    "citizen_promises:unschedule": "approved",
    "citizen_promises:back_to_draft": "approved",
    "citizen_promises:sign": "approved",
    "citizen_promises:revoke": "promise_signature",
    "citizen_promises:channel_remove": "channel",
    "citizen_promises:language": "language",
    "citizen_promises:language_remove": "language",
    "citizen_promises:self_check": "promise",
    "reports:order_picture": "picture",
    "dialogues:share": "staff_dialogue",
    "dialogues:close": "held_dialogue",
    "dialogues:feedback": "held_dialogue",
    "dialogues:replies": "held_dialogue",
    "dialogues:reopen": "closed_dialogue",
    "dialogues:erase": "closed_dialogue",
    "dialogues:publish": "closed_dialogue",
    "dialogues:withdraw": "closed_dialogue",
    "dialogues:answer": "theme",
    "dialogues:photo": "point",
}
BY_ENDING = [
    ("indicators:fetch", "fetch"),
    ("indicators:delivery", "delivery"),
    ("partnerships:seat", "seat"),
    ("partnerships:fill", "seat"),
    ("partnerships:handover", "seat"),
    ("situation:source_", "source"),
    ("situation:finding_", "finding"),
    ("situation:problem", "problem"),
    ("situation:analysis_begin", "problem"),
    ("situation:analysis", "analysis"),
    ("situation:cause_create", "analysis"),
    ("situation:cause_", "cause"),
    ("situation:conclude", "analysis"),
    ("situation:continue", "analysis"),
    ("situation:prioritise", "problem"),
    ("situation:priority", "prioritisation"),
    ("situation:watch", "problem"),
    ("situation:dismiss", "problem"),
    ("situation:solve", "problem"),
    ("situation:reconsider", "problem"),
    *(
        (f"agreements:{verb}", "measure")
        for verb in ("measure", "log", "decide", "start", "finish_", "cancel", "resume")
    ),
    ("agreements:plan", "plan"),
    ("agreements:goal", "goal"),
    ("agreements:part_", "part"),
    ("agreements:participant_", "participant"),
    *((f"citizen_promises:{verb}", "promise") for verb in ("promise_",)),
]
# Addresses under a municipality that name more than it.
UNDER_PLACE = {
    "residents:county": lambda world: {"slug": county_slug(world["municipality"].county)},
    "residents:agreement": lambda world: {"pk": world["signed"].pk},
    "residents:data_set": lambda world: {"slug": None, "name": "loften", "kind": "json"},
    "residents:dialogue": lambda world: {"pk": world["closed_dialogue"].pk},
    "residents:promise": lambda world: {"pk": world["published"].pk, "promise_pk": world["kept"].pk},
    "residents:county_feed": lambda world: {"slug": county_slug(world["municipality"].county)},
    "residents:promise_feed": lambda world: {"pk": world["published"].pk, "promise_pk": world["kept"].pk},
    "residents:qr": lambda world: {"pk": world["published"].pk, "promise_pk": world["kept"].pk},
}
CREATED_UNDER = {"source_create", "finding_create", "seat_create", "promise_create"}
# Addresses that take their partnership as a question
ASKED = {
    "situation:create": "?samverkan={partnership.pk}&slag=joint",
    "situation:index": "?samverkan={partnership.pk}",
    "situation:light_begin": "?samverkan={partnership.pk}&slag=own_police",
    "situation:problems": "?samverkan={partnership.pk}",
    "situation:priorities": "?samverkan={partnership.pk}",
    "situation:priority_begin": "?samverkan={partnership.pk}",
    "situation:problem_create": "?samverkan={partnership.pk}",
    "agreements:index": "?samverkan={partnership.pk}",
    "agreements:create": "?samverkan={partnership.pk}",
    "agreements:exchange": "?samverkan={partnership.pk}",
    "agreements:export": "?samverkan={partnership.pk}",
    "agreements:import_template": "?samverkan={partnership.pk}",
    "agreements:measures": "?samverkan={partnership.pk}",
    "agreements:goals": "?samverkan={partnership.pk}",
    "agreements:goal_create": "?samverkan={partnership.pk}&problem={problem.pk}",
    "agreements:goal_advice": "?samverkan={partnership.pk}&text=Verka+för+trygghet",
    "agreements:measure_create": "?samverkan={partnership.pk}&problem={problem.pk}",
    "agreements:plans": "?samverkan={partnership.pk}",
    "agreements:plan_create": "?samverkan={partnership.pk}",
    "agreements:capacity": "?samverkan={partnership.pk}",
    "citizen_promises:documents": "?samverkan={partnership.pk}",
    "citizen_promises:create": "?samverkan={partnership.pk}",
    "dialogues:index": "?samverkan={partnership.pk}",
    "dialogues:create": "?samverkan={partnership.pk}",
    "followup:index": "?samverkan={partnership.pk}",
    "followup:create": "?atgard={measure.pk}",
    "reports:create": "?samverkan={partnership.pk}",
}


def names():
    """Every named address of ours; the frameworks' own rooms (admin, allauth) are tested where they are set up."""

    def walk(resolver, space=""):
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                if entry.app_name != "admin":
                    yield from walk(entry, f"{entry.namespace}:" if entry.namespace else space)
            elif not entry.callback.__module__.startswith("allauth"):
                yield f"{space}{entry.name}"

    return sorted(set(walk(get_resolver())))


def address(name, world):
    """The address of the view, pointing at the world's own objects."""
    for arguments in _arguments(name, world):
        try:
            return reverse(name, kwargs=arguments) + ASKED.get(name, "").format(**world)
        except NoReverseMatch:
            continue
    raise NoReverseMatch(name)


def _arguments(name, world):
    room, _, view = name.partition(":")
    meant = MEANT.get(name) or next((what for start, what in BY_ENDING if name.startswith(start)), USUAL.get(room))
    if view in CREATED_UNDER:
        meant = USUAL[room]
    if name in UNDER_PLACE:
        given = {"slug": world["municipality"].slug} | UNDER_PLACE[name](world)
        yield {key: value for key, value in given.items() if value is not None}
    yield {}
    yield {"token": TOKEN}
    yield {"code": world["indicator"].code}
    yield {"cycle_pk": world["cycle"].pk, "code": "S3.2"}
    yield {"pk": world["merging"].pk, "section": "crime"}
    yield {"pk": world["merging"].pk, "problem_pk": world["own_problem"].pk}
    yield {"pk": world["local" if "adapt" in name else "agreement"].pk, "name": "syfte"}
    yield {"pk": world["agreement"].pk, "party": world["party"].pk}
    yield {"slug": world["municipality"].slug}
    where = world["dialogue" if room == "dialogues" else "published"]
    yield {"slug": world["municipality"].slug, "pk": where.pk}
    yield {"pk": world["held_dialogue"].pk, "kind": "tema"}
    yield {"pk": world["held_dialogue"].pk, "kind": "tema", "row": world["theme"].pk}
    yield {"pk": world["dialogue"].pk, "question": world["question"].pk}
    yield {"pk": world["held_dialogue"].pk, "reply": world["reply"].pk}
    yield {
        "slug": world["municipality"].slug,
        "document_pk": world["published"].pk,
        "pk": world["kept"].pk,
    }
    yield {"pk": world["taking_part"].pk, "part": world["part"].pk}
    if meant:
        yield {"pk": world[meant].pk}
