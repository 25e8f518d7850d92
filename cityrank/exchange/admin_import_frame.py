"""The frame of the pages of an import: where it goes, who may act on it, and the page that its state asks for."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cityrank.exchange.models import Import
from cityrank.exchange.targets import Target, may_write, target_of
from cityrank.publishing.roles import COORDINATE


def address(name: str, import_: Import) -> str:
    return reverse(f"admin:exchange_import_{name}", args=[import_.pk])


def hand_in_address(target: Target) -> str:
    return reverse("admin:exchange_import_add") + f"?into={target.key}"


def where(target: Target) -> tuple[str, str]:
    """Return what the rows go into, in words, and its address."""
    if target.into is not None:
        name, key, title = target.into._meta.label_lower, target.into.pk, str(target.into)
    elif target.release is not None:
        name, key, title = "awards.release", target.release.pk, str(target.release)
    else:
        app, model = target.sheet.model._meta.label_lower.split(".")
        return str(target.sheet.title), reverse(f"admin:{app}_{model}_changelist")
    return title, reverse(f"admin:{name.replace('.', '_')}_change", args=[key])


def buttons(request: HttpRequest, import_: Import, target: Target) -> dict[str, bool]:
    """Return which buttons are this person's: who handed it in acts on it, and who coordinates may stop it."""
    person = cast(User, request.user)
    cancels = import_.by_id == person.pk or person.has_perm(COORDINATE)
    writable = target.release is None or target.release.is_editable
    return {
        "cancels": cancels,
        "writable": writable,
        "acts": cancels and writable and may_write(target.sheet, person),
    }


def page(
    request: HttpRequest, import_: Import | None, template: str, context: dict[str, Any], status: int = 200
) -> TemplateResponse:
    frame = admin.site.each_context(request) | {
        "title": _("Import: %(file)s") % {"file": import_} if import_ else _("Bring in a file"),
        "opts": Import._meta,
        "record": import_,
    }
    if import_ is not None:
        target = target_of(import_)
        title, url = where(target)
        frame |= {
            "target": target,
            "where": title,
            "where_url": url,
            "hand_in_url": hand_in_address(target),
        } | buttons(request, import_, target)
    return TemplateResponse(request, template, frame | context, status=status)
