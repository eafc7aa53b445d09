"""Forms of treatment. They parse and never save."""

from careloom.treatment.forms.entries import FORMS, EntryForm, TakeBackForm, form_for
from careloom.treatment.forms.queue import AdmitForm, AskForm, CloseForm, InterimForm

__all__ = ["FORMS", "AdmitForm", "AskForm", "CloseForm", "EntryForm", "InterimForm", "TakeBackForm", "form_for"]
