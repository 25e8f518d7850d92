"""How the tests of the admin open its pages and send its forms."""

from typing import Any

from django.test import Client
from django.urls import reverse

from awards.models import Award


def address(model: type, page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def form_data(response: Any) -> dict[str, object]:
    """Return what a browser would send if nothing was changed in the form of this page."""
    context = response.context
    forms = [context["adminform"].form]
    data: dict[str, object] = {"_seen": context["seen"]}
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None else value
    return {name: value for name, value in data.items() if value is not False}


def saved(evaluator: Client, award: Award, **changes: object) -> Any:
    page = evaluator.get(address(Award, "change", award.pk))
    return evaluator.post(address(Award, "change", award.pk), form_data(page) | changes)
