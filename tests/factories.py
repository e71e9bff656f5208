"""One plain factory per model. Keys go downstairs, so a factory builds its own cellar."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from accounts.models import Membership, Organisation, Role, User
from agreements.models import (
    ActionPlan,
    Adaptation,
    Agreement,
    Comment,
    Goal,
    Measure,
    MeasureLog,
    MeasureType,
    Part,
    Participant,
    Undertaking,
)
from attachments.models import Attachment
from citizen_promises.models import Outcome, Promise, PromiseDocument
from dialogues.models import Dialogue, Proposal, Question, QuickFix, Reply, Theme, WalkPoint
from followup.models import FollowUp
from indicators.models import DeliveredFile, Delivery, Fetch
from lib import canonical
from municipalities.models import County, LocalPoliceArea, Municipality, PoliceArea, PoliceRegion
from partnerships.models import Cycle, Group, Holding, Partnership, Party, Seat
from situation.models import Cause, CauseAnalysis, Finding, Picture, Prioritisation, Problem, Source

Given = factory.SelfAttribute
LONG_AGO = dt.date(2020, 1, 1)


class PoliceRegionFactory(DjangoModelFactory):
    class Meta:
        model = PoliceRegion
        django_get_or_create = ("slug",)

    slug, name = "nord", "Nord"


class CountyFactory(DjangoModelFactory):
    class Meta:
        model = County
        django_get_or_create = ("code",)

    code, name = "24", "Västerbottens län"
    police_region = factory.SubFactory(PoliceRegionFactory)


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"{9001 + n % 999}")  # no real municipality has these
    name = factory.LazyAttribute(lambda o: f"Exempelby {o.code}")
    slug = factory.LazyAttribute(lambda o: o.name.lower().replace(" ", "-").replace("å", "a").replace("ö", "o"))
    formal_name = factory.LazyAttribute(lambda o: f"{o.name} kommun")
    bra_name = factory.LazyAttribute(lambda o: f"{o.name} kommun")
    county = factory.SubFactory(CountyFactory)
    population, population_year = 12_000, 2024
    tile_row = factory.LazyAttribute(lambda o: int(o.code) // 100)
    tile_col = factory.LazyAttribute(lambda o: int(o.code) % 100)
    sort_order = factory.Sequence(lambda n: n + 1)  # 0 is free for who shall come first


class PoliceAreaFactory(DjangoModelFactory):
    class Meta:
        model = PoliceArea
        django_get_or_create = ("slug",)

    slug, name = "vasterbotten", "Västerbotten"
    police_region = factory.SubFactory(PoliceRegionFactory)


class LocalPoliceAreaFactory(DjangoModelFactory):
    class Meta:
        model = LocalPoliceArea
        django_get_or_create = ("slug",)

    slug, name = "sodra-lappland", "Södra Lappland"
    police_area = factory.SubFactory(PoliceAreaFactory)


class OrganisationFactory(DjangoModelFactory):
    """A municipality with its own register row, unless another kind is given."""

    class Meta:
        model = Organisation
        django_get_or_create = ("name",)

    kind = Organisation.Kind.MUNICIPALITY
    municipality = factory.Maybe(
        factory.LazyAttribute(lambda o: o.kind == "municipality"),
        factory.SubFactory(MunicipalityFactory),
        None,
    )
    name = factory.LazyAttribute(
        lambda o: f"{o.municipality.name} kommun" if o.municipality else f"Organisation {o.kind}"
    )


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        django_get_or_create = ("email",)

    name = factory.Sequence(lambda n: f"Person Påhittad {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.se")
    password = "!"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.COORDINATOR
    starts = LONG_AGO


class RecordFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    created_by = factory.SubFactory(UserFactory)


class PartnershipFactory(RecordFactory):
    class Meta:
        model = Partnership

    name = factory.Sequence(lambda n: f"Samverkan {n}")


class PartyFactory(RecordFactory):
    class Meta:
        model = Party

    partnership = factory.SubFactory(PartnershipFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    joined = LONG_AGO


class CycleFactory(RecordFactory):
    class Meta:
        model = Cycle

    partnership = factory.SubFactory(PartnershipFactory)
    name, starts, ends = "Samverkansomgång 2026–2029", dt.date(2026, 1, 1), dt.date(2029, 12, 31)


class GroupFactory(RecordFactory):
    class Meta:
        model = Group

    partnership = factory.SubFactory(PartnershipFactory)
    kind, name, starts = Group.Kind.STEERING, "Styrgruppen", LONG_AGO


class SeatFactory(RecordFactory):
    class Meta:
        model = Seat

    partnership = factory.SubFactory(PartnershipFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    function, starts = Seat.Function.COORDINATOR, LONG_AGO


class HoldingFactory(RecordFactory):
    class Meta:
        model = Holding

    seat = factory.SubFactory(SeatFactory)
    name, starts = "Person Påhittad", LONG_AGO


class PictureFactory(RecordFactory):
    """A joint picture that the parties wrote together, unless an owner and another kind are given."""

    class Meta:
        model = Picture

    partnership = factory.SubFactory(PartnershipFactory)
    kind, title = Picture.Kind.JOINT, "Lägesbild 2026"
    made_without = factory.LazyAttribute(lambda one: "Skriven tillsammans." if one.kind == "joint" else "")
    period_from, period_to = dt.date(2025, 1, 1), dt.date(2025, 12, 31)


class SourceFactory(RecordFactory):
    class Meta:
        model = Source

    picture = factory.SubFactory(PictureFactory)
    kind, name = Source.Kind.NTU, "NTU 2025"


class FindingFactory(RecordFactory):
    class Meta:
        model = Finding

    picture = factory.SubFactory(PictureFactory)
    text = "Fler undviker torget sena kvällar."


class ProblemFactory(RecordFactory):
    class Meta:
        model = Problem

    cycle = factory.SubFactory(CycleFactory)
    partnership = Given("cycle.partnership")
    title = "Otrygghet i centrum"


class PrioritisationFactory(RecordFactory):
    """An ongoing weighing of all the cycle's problems."""

    class Meta:
        model = Prioritisation

    cycle = factory.SubFactory(CycleFactory)
    partnership = Given("cycle.partnership")


class CauseAnalysisFactory(RecordFactory):
    class Meta:
        model = CauseAnalysis

    problem = factory.SubFactory(ProblemFactory)
    partnership = Given("problem.partnership")


class CauseFactory(RecordFactory):
    """A direct cause that both parties can influence."""

    class Meta:
        model = Cause

    analysis = factory.SubFactory(CauseAnalysisFactory)
    number = factory.Sequence(lambda n: n + 1)
    text, category, nature = "Ingen vuxen finns på torget", Cause.Category.GUARDIAN, Cause.Nature.SITUATIONAL
    influence = Cause.Influence.BOTH


class AgreementFactory(RecordFactory):
    class Meta:
        model = Agreement

    partnership = factory.SubFactory(PartnershipFactory)
    title, starts, ends = "Överenskommelse", dt.date(2026, 1, 1), dt.date(2029, 12, 31)

    @classmethod
    def _create(cls, model_class, *args, parties=(), problems=(), **fields):
        """With its parties and problems there before the text is locked: they never change after that."""
        later = ("status", "checksum", "frozen", "signed_on", "referral_until") if parties or problems else ()
        locked = {name: fields.pop(name) for name in later if name in fields}
        made = super()._create(model_class, *args, **fields)
        made.parties.add(*parties)
        made.problems.add(*problems)
        if locked:
            model_class.objects.filter(pk=made.pk).update(**locked)
            made.refresh_from_db()
        return made


class CommentFactory(RecordFactory):
    class Meta:
        model = Comment

    agreement = factory.SubFactory(AgreementFactory)
    party = factory.SubFactory(PartyFactory, partnership=Given("..agreement.partnership"))
    section, text = "purpose", "Nämn också skolorna."


class UndertakingFactory(RecordFactory):
    class Meta:
        model = Undertaking

    agreement = factory.SubFactory(AgreementFactory)
    party = factory.SubFactory(PartyFactory, partnership=Given("..agreement.partnership"))
    text, hours_per_month = "Leder arbetsgruppen.", 40


class AdaptationFactory(RecordFactory):
    class Meta:
        model = Adaptation

    agreement = factory.SubFactory(AgreementFactory)
    section, text, reason = "follow_up", "Vi följer upp varje tertial.", "Så går vår budgetprocess."


class GoalFactory(RecordFactory):
    class Meta:
        model = Goal

    problem = factory.SubFactory(ProblemFactory)
    partnership = Given("problem.partnership")
    cycle = Given("problem.cycle")
    responsible = factory.SubFactory(PartyFactory, partnership=Given("..partnership"))
    text, direction = "Anmälda våldsbrott på torget ska minska.", Goal.Direction.LESS
    own_indicator = "Anmälda våldsbrott på torget"
    unit, baseline, baseline_period, target = "anmälda brott per år", 40, "2025", 30
    ends = dt.date(2027, 12, 31)


class MeasureTypeFactory(DjangoModelFactory):
    class Meta:
        model = MeasureType
        django_get_or_create = ("name",)

    name, kind, prevention = "Hot spot-patrullering", Measure.Kind.PRESENCE, Measure.Prevention.SITUATIONAL


class MeasureFactory(RecordFactory):
    class Meta:
        model = Measure

    problem = factory.SubFactory(ProblemFactory)
    partnership = Given("problem.partnership")
    cycle = Given("problem.cycle")
    responsible = factory.SubFactory(PartyFactory, partnership=Given("..partnership"))
    title, kind, prevention, place = (
        "Fotpatruller",
        Measure.Kind.PRESENCE,
        Measure.Prevention.SITUATIONAL,
        "Torget",
    )
    function, starts, planned_count, unit = "Områdespolis", dt.date(2026, 4, 1), 25, "fotpatruller"
    term, manner = "short", Measure.Manner.ORDINARY
    baseline_reason = "Ingen räknade våldet på torget tidigare."


class PartFactory(RecordFactory):
    class Meta:
        model = Part

    measure = factory.SubFactory(MeasureFactory)
    text = "Bestäm tider med polisen"


class ParticipantFactory(RecordFactory):
    class Meta:
        model = Participant

    measure = factory.SubFactory(MeasureFactory)
    seat = factory.SubFactory(SeatFactory, partnership=Given("..measure.partnership"))


class ActionPlanFactory(RecordFactory):
    class Meta:
        model = ActionPlan

    cycle = factory.SubFactory(CycleFactory)
    partnership = Given("cycle.partnership")
    title, starts = "Åtgärdsplan", dt.date(2026, 4, 1)


class AttachmentFactory(RecordFactory):
    class Meta:
        model = Attachment

    name, content_type, size, sha256, file = "protokoll.pdf", "application/pdf", 3, "a" * 64, "attachments/a"


class MeasureLogFactory(RecordFactory):
    class Meta:
        model = MeasureLog

    measure = factory.SubFactory(MeasureFactory)
    day, text, count = dt.date(2026, 5, 1), "Fotpatrull fredag kväll.", 1


class DialogueFactory(RecordFactory):
    """With residents, planned, held by nobody until `organisers` are set."""

    class Meta:
        model = Dialogue

    cycle = factory.SubFactory(CycleFactory)
    partnership = Given("cycle.partnership")
    municipality = factory.SubFactory(MunicipalityFactory)
    kind, method, title = Dialogue.Kind.CITIZEN, Dialogue.Method.SPEED_DATING, "Snabbmöten i centrum"
    purpose, place, groups = "Vi vill veta var ni känner er otrygga.", "Centrum", ["residents"]
    starts, ends = dt.date(2026, 3, 12), dt.date(2026, 3, 12)


class ThemeFactory(RecordFactory):
    class Meta:
        model = Theme

    dialogue = factory.SubFactory(DialogueFactory)
    title, place, mentions = "Mörkt på torget", "Torget", 12


class ProposalFactory(RecordFactory):
    class Meta:
        model = Proposal

    dialogue = factory.SubFactory(DialogueFactory)
    text = "Lys upp gångvägen."


class QuickFixFactory(RecordFactory):
    class Meta:
        model = QuickFix

    dialogue = factory.SubFactory(DialogueFactory)
    text, done_on = "Lampan vid bron är bytt.", dt.date(2026, 3, 20)


class WalkPointFactory(RecordFactory):
    class Meta:
        model = WalkPoint

    dialogue = factory.SubFactory(DialogueFactory, kind=Dialogue.Kind.WALK, method=Dialogue.Method.WALK)
    number = factory.Sequence(lambda n: n + 1)
    place, category, seen = "Tunneln", WalkPoint.Category.LIGHTING, "Två lampor är trasiga."


class QuestionFactory(RecordFactory):
    class Meta:
        model = Question

    dialogue = factory.SubFactory(DialogueFactory)
    order = factory.Sequence(lambda n: n % 30000 + 1)
    text = "Var känner du dig otrygg?"


class ReplyFactory(DjangoModelFactory):
    class Meta:
        model = Reply

    dialogue = factory.SubFactory(DialogueFactory)


class PromiseDocumentFactory(RecordFactory):
    class Meta:
        model = PromiseDocument

    cycle = factory.SubFactory(CycleFactory)
    partnership = Given("cycle.partnership")
    municipality = factory.SubFactory(MunicipalityFactory)
    title, starts = "Våra löften", dt.date(2026, 1, 1)
    situation, how_made, follow_up = (
        "Många undviker torget.",
        "Dialog med 46 invånare.",
        "Vi berättar i juni.",
    )


class PromiseFactory(RecordFactory):
    class Meta:
        model = Promise
        skip_postgeneration_save = True

    document = factory.SubFactory(PromiseDocumentFactory)
    text, promiser, function = "Synlig polis i centrum", Promise.Promiser.POLICE, "Områdespolis"
    planned_count, unit = 25, "fotpatruller"

    @factory.post_generation
    def measures(self, create, extracted, **kwargs):
        if extracted:
            self.measures.set(extracted)


class OutcomeFactory(RecordFactory):
    class Meta:
        model = Outcome

    promise = factory.SubFactory(PromiseFactory)
    day, text, count = dt.date(2026, 5, 1), "Sju pass genomförda.", 7


class FollowUpFactory(RecordFactory):
    """A production follow-up of a measure."""

    class Meta:
        model = FollowUp

    measure = factory.SubFactory(MeasureFactory)
    partnership = Given("measure.partnership")
    cycle = Given("measure.cycle")
    kind, carried_out = FollowUp.Kind.PRODUCTION, FollowUp.CarriedOut.YES
    period_from, period_to = dt.date(2026, 1, 1), dt.date(2026, 6, 30)
    outcome, decision = "16 av 25", FollowUp.Decision.CONTINUE


class DeliveryFactory(RecordFactory):
    """Many files sent in at once; none yet."""

    class Meta:
        model = Delivery


class DeliveredFileFactory(RecordFactory):
    """Queued to be read."""

    class Meta:
        model = DeliveredFile

    delivery = factory.SubFactory(DeliveryFactory)
    original_name = "Lycksele.xlsx"


class FetchFactory(RecordFactory):
    """Queued, for Lycksele and the nation."""

    class Meta:
        model = Fetch

    kpis, places, extent = [], ["2481", "0000"], "Lycksele"
    year_from, year_to = 2023, 2024
    asked_checksum = factory.LazyAttribute(lambda o: canonical.checksum([o.kpis, o.places, o.year_from, o.year_to]))
