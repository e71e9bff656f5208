"""Doors to signing: a party registers its signature of the very text that was read, or takes it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest
from agreements import actions, content, rules
from agreements.forms import SignatureForm, StepForm
from agreements.models import Agreement, Signature
from agreements.views.common import asked_agreement, posted
from agreements.wording import CONSEQUENCES, following, revising
from journal.steps import NotAllowed, Refused
from lib.dates import today
from lib.swedish import listing


def sign(request: UserRequest, pk: int) -> HttpResponse:
    """The text once more, what signing means, and who has signed for the party, where and when."""
    agreement = asked_agreement(request, pk)
    if not rules.acting_parties(request.user, agreement):
        raise PermissionDenied
    parties = rules.signing_parties(request.user, agreement)
    if not rules.may_sign(request.user, agreement):
        if agreement.status in (rules.PROPOSED, rules.SIGNED):
            raise Refused(rules.SIGN, agreement, "Din part har redan undertecknat.")
        raise NotAllowed(rules.SIGN, agreement)
    form = SignatureForm(posted(request), agreement=agreement, parties=parties)
    if request.method == "POST" and form.is_valid() and _register(request, form, agreement):
        return redirect(agreement)
    context = {
        "form": form,
        "agreement": agreement,
        "content": (shown := content.shown(agreement)),
        "following": following(shown),
        "revising": revising(shown),
        "parties": listing([str(party) for party in parties]),
        "undecided": rules.undecided(agreement),
        "late": rules.late_advice(agreement, today()),
        "functions": ["Chef för lokalpolisområdet", "Kommunstyrelsens ordförande", "Kommundirektör"],
    }
    return render(request, "agreements/agreement_sign.html", context)


def _register(request: UserRequest, form: SignatureForm, agreement: Agreement) -> bool:
    """Sign and tell what came of it; False, with the reason in the form, if somebody was faster or the text changed."""
    try:
        signature = actions.sign(agreement, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    agreement.refresh_from_db()
    messages.success(request, f"Underskriften är registrerad för {signature.party}.")
    for sentence in rules.late_advice(agreement, signature.signed_on):
        messages.warning(request, sentence)
    if agreement.is_signed:
        messages.success(request, "Alla huvudparter har undertecknat. Överenskommelsen är undertecknad.")
    return True


def revoke(request: UserRequest, pk: int) -> HttpResponse:
    """Take back the own party's signature while others are still to sign."""
    visible = Agreement.objects.visible_to(request.user)
    signatures = Signature.objects.filter(agreement__in=visible).select_related("agreement__partnership", "party")
    signature = get_object_or_404(signatures, pk=pk)
    agreement = signature.agreement
    if signature.party not in rules.acting_parties(request.user, agreement):
        raise PermissionDenied
    if not rules.may_revoke(request.user, signature):
        raise NotAllowed(rules.SIGN, agreement)
    form = StepForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.revoke_signature(signature, by=request.user, **form.cleaned_data)
        messages.success(request, "Underskriften är återtagen.")
        return redirect(agreement)
    context = {
        "heading": "Återta underskriften",
        "lede": f"{signature}, i {agreement}",
        "consequences": CONSEQUENCES["revoke"],
        "form": form,
        "submit": "Återta underskriften",
        "cancel": agreement.get_absolute_url(),
    }
    return render(request, "components/confirm.html", context)
