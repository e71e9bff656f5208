"""What a person may type about promises, one module per part of the work."""

from citizen_promises.forms.accounting import FeedbackForm, OutcomeForm, SettleForm
from citizen_promises.forms.steps import (
    ChannelForm,
    ReadForm,
    ReasonForm,
    ScheduleForm,
    SignatureForm,
    WithdrawForm,
)
from citizen_promises.forms.writing import (
    DocumentForm,
    LanguageForm,
    LanguageTextForm,
    PromiseForm,
    SelfCheckForm,
)

__all__ = [
    "ChannelForm",
    "DocumentForm",
    "FeedbackForm",
    "LanguageForm",
    "LanguageTextForm",
    "OutcomeForm",
    "PromiseForm",
    "ReadForm",
    "ReasonForm",
    "ScheduleForm",
    "SelfCheckForm",
    "SettleForm",
    "SignatureForm",
    "WithdrawForm",
]
