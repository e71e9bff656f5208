"""What a person may type when a line is settled: one text, sometimes required."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from five_steps.proof import Evidence
from five_steps.rules import CONFIRM, DISMISS, REOPEN
from journal.steps import Step
from lib.person_data import NoPersonData

LABELS = {
    CONFIRM.verb: "Vad visar att raden är klar?",
    DISMISS.verb: "Varför är raden inte aktuell?",
    REOPEN.verb: "Varför öppnas raden igen?",
}
HELP = {
    CONFIRM.verb: "Till exempel vilket möte, vilken dag och var protokollet finns.",
    DISMISS.verb: "Till exempel att kommunen inte gör några medborgarlöften den här omgången.",
    REOPEN.verb: "Det som var bekräftat står kvar i historiken.",
}
MISSING = {
    CONFIRM.verb: "Skriv vad som visar att raden är klar, eftersom det inte syns i systemet.",
    DISMISS.verb: "Skriv varför raden inte är aktuell.",
    REOPEN.verb: "Skriv varför raden öppnas igen.",
}


class NoteForm(NoPersonData, forms.Form):
    """A note to a move, required where the move asks a reason or the evidence falls short."""

    note = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, step: Step, evidence: Evidence, **kwargs: Any) -> None:
        kwargs["prefix"] = step.verb
        super().__init__(*args, **kwargs)
        needed = step.asks_reason or (step == CONFIRM and not evidence.is_proven)
        field = self.fields["note"]
        field.required = needed
        field.label = LABELS[step.verb] if needed else "Anteckning (frivillig)"
        field.help_text = HELP[step.verb]
        field.error_messages["required"] = MISSING[step.verb]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
