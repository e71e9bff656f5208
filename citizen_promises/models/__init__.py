"""What we promise: promise documents with their promises, published for everyone, and what came of them."""

from citizen_promises.models.acts import Approval, Channel, Signature
from citizen_promises.models.beside import Answer, LanguageVersion
from citizen_promises.models.document import Period, PromiseDocument, PromiseDocumentQuerySet
from citizen_promises.models.promise import Outcome, Promise, PromiseQuerySet

__all__ = [
    "Answer",
    "Approval",
    "Channel",
    "LanguageVersion",
    "Outcome",
    "Period",
    "Promise",
    "PromiseDocument",
    "PromiseDocumentQuerySet",
    "PromiseQuerySet",
    "Signature",
]
