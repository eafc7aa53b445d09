"""Teaches Django's forms to speak USWDS: ``FORM_RENDERER = "careloom.infra.ui.renderer.CareloomRenderer"``."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careloom.infra.wording.asking import writer


class CareloomBoundField(BoundField):
    """A bound field that knows its USWDS class, its kind, and where an error link should lead."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the USWDS class and, for a fieldset, keep the hint on the fieldset itself."""
        built = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        wanted = f"{widget.attrs.get('class', '')} {uswds_class(widget)}{' usa-input--error' if self.errors else ''}"
        if uswds_class(widget):
            built["class"] = wanted.strip()
        if self.free_text:
            # Only this field is sent, and what comes back stands under it; without JavaScript the middleware asks after the form is sent.
            part = {"hx-post": reverse("words"), "hx-trigger": "blur changed", "hx-params": self.html_name, "hx-target": f"#{self.auto_id}_words"}
            built |= part | {"hx-swap": "innerHTML", "hx-sync": "this:replace"}
        if "placeholder" in widget.attrs and getattr(widget, "input_type", "") != "search":
            built["placeholder"] = False  # a label says it; a placeholder vanishes when it is needed
        return built

    @property
    def kind(self) -> str:
        """``hidden``, ``tile`` (one checkbox), ``group`` (a fieldset) or ``plain``."""
        widget = self.field.widget
        if widget.is_hidden:
            return "hidden"
        if isinstance(widget, forms.CheckboxInput):
            return "tile"
        return "group" if self.use_fieldset else "plain"

    @property
    def free_text(self) -> bool:
        """Whether a worker writes whole sentences here, so that person-first words may be suggested. Never under what a mother writes."""
        return isinstance(self.field.widget, forms.Textarea) and "data-as-said" not in self.field.widget.attrs and writer() is not None

    @property
    def focus_id(self) -> str:
        """The id that a link from the error summary leads to: the first control of a group."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{self.auto_id}_0"
        if isinstance(widget, forms.MultiWidget):
            return f"{self.auto_id}{widget.widgets_names[0]}"
        return getattr(widget, "first_id", lambda given: "")(self.auto_id) or self.id_for_label or self.auto_id

    @property
    def auto_hint(self) -> str:
        """A hint for fields whose format people cannot guess, when the form gives none."""
        if self.help_text or getattr(self.field.widget, "input_type", "") != "text":
            return ""
        if type(self.field) is forms.DateField:
            return _("Year, month and day, such as 2026-03-12")
        if type(self.field) is forms.TimeField:
            return _("Hours and minutes, such as 14:30")
        return ""


def uswds_class(widget: forms.Widget) -> str:
    """The USWDS class of a control, or an empty string for tiles, groups and hidden fields."""
    if widget.is_hidden or getattr(widget, "use_fieldset", False) or isinstance(widget, forms.CheckboxInput):
        return ""
    if isinstance(widget, forms.Textarea):
        return "usa-textarea"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget):
        return ""
    if isinstance(widget, forms.Select):
        return "usa-select"
    if isinstance(widget, forms.FileInput):
        return "usa-input cl-file"
    return "usa-input" if isinstance(widget, forms.widgets.Input) else ""


class CareloomRenderer(TemplatesSetting):
    """Our templates for forms, fields and error lists; everything else comes from the project's engine."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = CareloomBoundField


# Errors say what to do next. Applied once, when the app is ready, before forms are declared.
NEXT_STEPS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fill this in to go on.")},
    forms.ChoiceField: {"required": _("Choose one to go on."), "invalid_choice": _("Choose one of the answers shown.")},
    forms.MultipleChoiceField: {
        "required": _("Choose at least one to go on."),
        "invalid_choice": _("Choose only answers that are shown."),
        "invalid_list": _("Choose only answers that are shown."),
    },
    forms.BooleanField: {"required": _("Check this box to go on.")},
    forms.DateField: {"invalid": _("Type a date that exists, such as 2026-03-12.")},
    forms.DateTimeField: {"invalid": _("Type a date and a time, such as 2026-03-12 14:30.")},
    forms.TimeField: {"invalid": _("Type a time, such as 14:30.")},
    forms.IntegerField: {"invalid": _("Type a whole number in digits.")},
    forms.DecimalField: {"invalid": _("Type a number in digits.")},
    forms.EmailField: {"invalid": _("Type an email address, such as name@agency.example.")},
    forms.FileField: {
        "required": _("Choose a file to go on."),
        "missing": _("Choose a file to go on."),
        "empty": _("That file is empty. Choose another."),
    },
    forms.ModelChoiceField: {
        "required": _("Choose one to go on."),
        "invalid_choice": _("Choose one of the answers shown."),
    },
}


def teach_errors() -> None:
    """Put :data:`NEXT_STEPS` into Django's form fields; safe to call again."""
    for field, texts in NEXT_STEPS.items():
        field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **texts}
