"""Take a file in as an import: who may, into what, and whether it is there already."""

import hashlib
from pathlib import PurePath
from uuid import uuid4

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Award, Release
from cityrank.exchange.columns import Sheet
from cityrank.exchange.models import Import
from cityrank.exchange.reading import BadFile
from cityrank.exchange.reading.tables import MOST_BYTES
from cityrank.exchange.sheets import IMPORTED
from cityrank.publishing.assigning import Rights, not_yours
from cityrank.publishing.refusals import Refused
from scores.models import Ranking

_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt")


def open_import(
    sheet: str,
    content: bytes | str,
    name: str = "",
    *,
    by: User | None,
    release: Release | None = None,
    into: Ranking | Award | None = None,
    reason: str = "",
    again: bool = False,
) -> tuple[Import, bool]:
    """Keep a file (bytes) or a pasted table (text) as an import; return it and whether it is new.

    The same file into the same place that is imported already is returned as it is, with False, unless `again`.
    `sheet` is a key of `cityrank.exchange.sheets.IMPORTED`; `release` a draft, None for places and organisations;
    `into` the ranking or award that all rows belong to, where no column says it. `by` None is a program and may all.
    Raises `Refused` for whose role or assignment does not include it and outside a draft, `BadFile` for a file that is
    empty or too large.
    """
    may_import(IMPORTED[sheet], by, release, into)
    data = _content(content)
    import_ = Import(
        sheet=sheet,
        release=release,
        ranking=into if isinstance(into, Ranking) else None,
        award=into if isinstance(into, Award) else None,
        original_name=_plain_name(name) or _("pasted.txt"),
        sha256=hashlib.sha256(data).hexdigest(),
        by=by,
        reason=reason.strip()[:300],
    )
    known = Import.objects.standing().same_as(import_).first()
    if known is not None and not again:
        return known, False
    with transaction.atomic():
        import_.file.save(_stored_name(import_.original_name), ContentFile(data), save=False)
        import_.save()
    return import_, True


def _stored_name(name: str) -> str:
    """Return a name of ours: the one that was sent may be anything."""
    suffix = PurePath(name).suffix.lower()
    return f"{uuid4().hex}{suffix if suffix in _SUFFIXES else ''}"


def _content(content: bytes | str) -> bytes:
    """Return what a file or a pasted table holds. Raises `BadFile` where that is nothing, or too much."""
    data = content.encode(errors="replace") if isinstance(content, str) else content
    if not data.strip():
        raise BadFile(_("The file is empty."))
    if len(data) > MOST_BYTES:
        raise BadFile(_("The file has more than %(most)s MB. Divide it.") % {"most": MOST_BYTES >> 20})
    return data


def _plain_name(name: str) -> str:
    name = PurePath(name.replace("\\", "/")).name
    return "".join(char for char in name if char.isprintable())[:200].strip()


def may_import(
    declared: Sheet, by: User | None, release: Release | None, into: Ranking | Award | None = None
) -> None:
    """Raises `Refused` for whose role does not write such rows, for a part that is not theirs, and outside a draft."""
    if into is not None and into.owning_release != release:
        raise Refused(_("This belongs to another release."))
    app, model = declared.model._meta.app_label, declared.model._meta.model_name
    if by is not None and not all(by.has_perm(f"{app}.{action}_{model}") for action in ("add", "change")):
        raise Refused(_("Your role does not include this: %(action)s.") % {"action": _("import")})
    is_content = app != "registry"
    if not is_content:
        if release is not None:
            raise Refused(_("Places and organisations belong to no release."))
        return
    if release is None:
        raise Refused(_("Choose the draft that the rows belong to."))
    if not release.is_editable:
        text = _("Only a draft can be changed; this release is %(status)s.")
        raise Refused(text % {"status": release.get_status_display()})
    if by is None:
        return
    rights = Rights(by, release)
    if into is not None and not rights.may_edit(into):
        raise Refused(not_yours(into))
    if not rights.may_add(declared.model):
        raise Refused(not_yours(release))
