"""The operator's drawer: organisations, people, roles over time and invitations. Nobody is added but by invitation."""

from typing import Any

from allauth.account import admin as account_admin  # noqa: F401  (registers, so that it can be taken away below)
from allauth.account.decorators import secure_admin_login
from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.mfa import admin as mfa_admin  # noqa: F401
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import admin as auth_admin  # noqa: F401
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from accounts import actions, rules
from accounts.forms import refuse_unseen
from accounts.models import Invitation, Membership, Organisation, Role, User
from journal.operators import JournaledAdmin, who
from journal.steps import record
from lib import swedish
from lib.admin_pages import ReadOnly
from lib.dates import now, today

# One door: throttling and the second factor belong to the ordinary sign-in.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Groups give no rights here, addresses follow the user, and the secrets of second factors are nobody's to read.
admin.site.unregister([Group, EmailAddress, Authenticator])


@admin.register(Organisation)
class OrganisationAdmin(JournaledAdmin):
    list_display = ["name", "kind", "people"]
    list_filter = ["kind"]
    search_fields = ["name", "municipality__name", "local_police_area__name"]
    autocomplete_fields = ["municipality", "county", "local_police_area"]
    readonly_fields = ["page"]

    def get_readonly_fields(self, request: HttpRequest, obj: Organisation | None = None) -> list[str]:
        """What kind it is and of which place decides what its people may do and read: settled with its first person."""
        settled = ["kind", "municipality", "county", "local_police_area"]
        return [*self.readonly_fields, *(settled if obj and rules.in_use(obj) else [])]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        found: QuerySet[Organisation] = super().get_queryset(request)
        return found.annotate(people=Count("memberships__user", distinct=True))

    @admin.display(description="personer och inbjudningar")
    def page(self, organisation: Organisation) -> str:
        if not organisation.pk:
            return "Spara först."
        return format_html('<a href="{}">Personer i {}</a>', organisation.get_absolute_url(), organisation)

    @admin.display(description="personer", ordering="people")
    def people(self, organisation: Organisation) -> int:
        return int(getattr(organisation, "people", 0))


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["email", "name", "is_active"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        refuse_unseen(name)
        return name

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.exclude(pk=self.instance.pk).filter(email=email).exists():
            raise ValidationError("En annan användare har den adressen.")
        return email

    def clean_is_active(self) -> bool:
        active: bool = self.cleaned_data["is_active"]
        if not active:
            for membership in self.instance.memberships.current(today()).filter(role=Role.ADMINISTRATOR):
                actions.keep_an_administrator(without=membership)
        return active


@admin.register(User)
class UserAdmin(JournaledAdmin):
    form = UserForm
    fields = ["name", "email", "is_active", "roles_over_time", "last_login", "created_at"]
    readonly_fields = ["roles_over_time", "last_login", "created_at"]
    list_display = ["name", "email", "roles_now", "is_active", "last_login"]
    list_filter = ["is_active", "memberships__role"]
    search_fields = ["name", "email", "memberships__organisation__name"]
    actions = ["send_reset_link", "take_away_second_factor"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Invitations are sent from the organisation's own page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Who has done something stays in the book; whoever leaves is made inactive."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            actions.change_email(obj, email=obj.email, was=form.initial["email"])

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        found: QuerySet[User] = super().get_queryset(request)
        return found.prefetch_related("memberships__organisation")

    @admin.display(description="roller nu")
    def roles_now(self, user: User) -> str:
        held = [m for m in user.memberships.all() if m.starts <= today() and (m.ends is None or m.ends >= today())]
        return "; ".join(f"{m.get_role_display()}, {m.organisation}" for m in held) or "–"

    @admin.display(description="roller")
    def roles_over_time(self, user: User) -> str:
        """Given by invitation or under Roller, where the kind of organisation is checked."""
        held = (
            (membership, swedish.period(membership.starts, membership.ends)) for membership in user.memberships.all()
        )
        return format_html_join("", "<p>{}, {}</p>", held) or "–"

    @admin.action(description="Skicka länk för nytt lösenord")
    def send_reset_link(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        sent = 0
        for user in queryset.filter(is_active=True):
            form = ResetPasswordForm({"email": user.email})
            if form.is_valid():
                form.save(request)
                record(user, "reset_link", "Länk för nytt lösenord skickad", by=who(request))
                sent += 1
        self.message_user(request, f"Skickade länk: {sent}. Avstängda användare får ingen.")

    @admin.action(description="Ta bort tvåstegsverifiering (tappad telefon)")
    def take_away_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            actions.take_away_second_factor(user, by=who(request))
        self.message_user(request, "Tvåstegsverifieringen är borttagen för de valda.")


class MembershipForm(forms.ModelForm):
    """A role fits its kind of organisation, and the last administrator stays."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        organisation, role = cleaned.get("organisation"), cleaned.get("role")
        if organisation and role and not rules.fits(role, organisation):
            self.add_error("role", f"Rollen finns inte i en organisation av slaget {organisation.get_kind_display()}.")
        if self.instance.pk and cleaned.get("ends"):
            actions.keep_an_administrator(without=self.instance)
        return cleaned


@admin.register(Membership)
class MembershipAdmin(JournaledAdmin):
    form = MembershipForm
    list_display = ["user", "organisation", "role", "starts", "ends"]
    list_filter = ["role", "organisation__kind"]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__name", "user__email", "organisation__name"]
    autocomplete_fields = ["user", "organisation"]
    date_hierarchy = "starts"

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> list[str]:
        """Another role is another row: this one is ended."""
        return ["user", "organisation", "role"] if obj else []

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            actions.tell_of_role(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False


@admin.register(Invitation)
class InvitationAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["email", "name", "organisation", "role", "state", "invited_at", "expires_at"]
    list_filter = ["role", "organisation__kind"]
    list_select_related = ["organisation"]
    search_fields = ["email", "name", "organisation__name"]
    date_hierarchy = "invited_at"
    fields = [
        "email",
        "name",
        "organisation",
        "role",
        "invited_by",
        "invited_at",
        "sent_at",
        "expires_at",
        "accepted_at",
        "accepted_by",
        "withdrawn_at",
    ]
    actions = ["withdraw"]

    @admin.display(description="läge")
    def state(self, invitation: Invitation) -> str:
        if invitation.accepted_at:
            return "Antagen"
        return "Återtagen" if invitation.withdrawn_at else rules.state_of(invitation, now())[0]

    @admin.action(description="Återta")
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        gone = 0
        for invitation in queryset.filter(accepted_at=None, withdrawn_at=None):
            try:
                actions.withdraw(invitation, by=who(request))
            except ValidationError as error:
                self.message_user(request, error.message, messages.ERROR)
            else:
                gone += 1
        self.message_user(request, f"Återtagna: {gone}.")
