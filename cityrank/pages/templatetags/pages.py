"""What the templates of the public pages need: addresses that keep language and release, names, figures."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from awards.models import Award, Edition, Fact, Recipient
from cityrank.pages.addresses import Named, release_page, subject_page
from cityrank.registry.models import Place, PlaceTier, Subject, Succession
from cityrank.registry.texts import is_english
from scores.models import Band, GroupAverage, Ranking

register = template.Library()

ACCENTS = 8


# --- Addresses ------------------------------------------------------------------------------------------------------


def path_to(page: Named) -> str:
    name, args = page
    return reverse(name, args=args)


@register.simple_tag(takes_context=True)
def page(context: template.Context, name: str, *args: object) -> str:
    """Path of a page of this page's edition; on a frozen page it stays in the frozen release."""
    scope = context.get("scope")
    named = scope.page(name, *args) if scope else release_page(name, context["edition"].label, None, *args)
    return path_to(named)


@register.simple_tag(takes_context=True)
def open_page(context: template.Context, name: str, *args: object) -> str:
    """Path of a page of this page's edition that shows the current release."""
    return path_to(context["scope"].open_page(name, *args))


@register.simple_tag(takes_context=True)
def permanent_address(context: template.Context, name: str, *args: object) -> str:
    """Whole address of a page of this page's release that will show the same figures for ever."""
    return absolute(context["request"], path_to(context["scope"].frozen_page(name, *args)))


@register.filter
def path(page: Named) -> str:
    """Path of a page given by its URL name and arguments."""
    return path_to(page)


@register.filter
def address(subject: Subject) -> str:
    """Path of the page of a place, organisation or app."""
    return path_to(subject_page(subject))


def absolute(request: HttpRequest, path: str) -> str:
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


@register.inclusion_tag("pages/_links.html", takes_context=True)
def page_links(context: template.Context) -> dict[str, Any]:
    """Canonical address and the same page in the other languages, for the head of the page."""
    request = context["request"]
    if context.get("is_error"):
        return {"canonical": ""}  # there is no such page, in any language
    path, query = request.path, ""
    scope = context.get("scope")
    shared = not context.get("has_one_address")
    if shared and scope and scope.is_frozen and not scope.is_superseded:
        # The same content stands at the open address; search engines should know one of them.
        path = path.replace(f"/releases/{scope.release.number}/", "/")
    number = request.GET.get("page", "")
    # The second page of what was sorted or filtered is no page of the whole: that stands at the plain address.
    is_plain = set(request.GET) == {"page"}
    if is_plain and re.fullmatch("[1-9][0-9]{0,5}", number) and number != "1":
        query = f"?page={number}"
    languages = [
        (tag, absolute(request, translate_url(path, code) + query)) for code, tag in LANGUAGE_TAGS.items()
    ]
    return {
        "canonical": absolute(request, path + query),
        "languages": languages,
        "default": languages[0][1],
        "is_hidden": bool(scope and not scope.is_for_search_engines),
    }


# Django's code of a language, and the tag that browsers and search engines know it by.
LANGUAGE_TAGS = {"zh-hans": "zh-Hans", "en": "en"}


@register.simple_tag
def language_tag() -> str:
    return LANGUAGE_TAGS.get(get_language() or "", "zh-Hans")


@register.simple_tag(takes_context=True)
def other_language(context: template.Context) -> dict[str, str]:
    """The language that this page is not in: {"tag", "name", "url"}; an unknown address leads to its first page."""
    request = context["request"]
    code, name = ("zh-hans", "中文") if is_english() else ("en", "English")
    try:
        resolve(request.path_info)
    except Resolver404:
        url = translate_url(reverse("pages:home"), code)
    else:
        url = translate_url(request.get_full_path(), code)
    return {"tag": LANGUAGE_TAGS[code], "name": name, "url": url}


@register.simple_tag
def query_part(query: str) -> str:
    """What the addresses of further pages of results begin with."""
    return f"{urlencode({'q': query})}&"


# --- Names ----------------------------------------------------------------------------------------------------------


@register.filter
def concrete(subject: Subject) -> Subject:
    """The place behind a subject that is one: only places know their level and what they belong to."""
    return subject.place if subject.kind == Subject.Kind.PLACE and not isinstance(subject, Place) else subject


@register.filter
def path_of(place: Place) -> str:
    """What a place belongs to: 浙江省杭州市, or "Hangzhou, Zhejiang"; empty for a province."""
    above = place.ancestors()
    if is_english():
        return ", ".join(parent.name for parent in reversed(above))
    return "".join(parent.name_zh for parent in above)


@register.filter
def shown_as(subject: Subject, printed: str) -> str:
    """How a row of a list is called: in Chinese as it was printed, in English by its English or romanised name."""
    return subject.name if is_english() else printed


@register.filter
def names_line(rows: list[Recipient]) -> str:
    """The names of a list in one line, for descriptions: 北京、深圳."""
    names = (shown_as(concrete(row.subject), row.printed_name) for row in rows if row.subject)
    return pgettext("list", ", ").join(names)


@register.filter
def whole_path(place: Place) -> str:
    """The place with all it belongs to in Chinese; in English, where its name stands before it, only what is above."""
    if not is_english():
        return place.path_zh
    return path_of(place) or place.get_level_display()


@register.simple_tag
def is_in_english() -> bool:
    return is_english()


@register.simple_tag
def original(title_zh: str) -> SafeString:
    """The printed Chinese title below its translation; nothing on a Chinese page, which shows it already."""
    return (
        format_html('<span class="original" lang="zh-Hans">{}</span>', title_zh)
        if is_english()
        else SafeString("")
    )


@register.filter
def short_title(row: Award | Ranking, edition: Edition) -> str:
    """The title without the years of its edition, which stand above the list; other years are kept."""
    if is_english() and row.title_en:
        return row.title.removesuffix(f", {edition.label}")
    return re.sub(f"^{re.escape(edition.label)}年度?", "", row.title)


@register.filter
def en_dash(label: str) -> str:
    return label.replace("-", "\u2013")


@register.filter
def lifetime(place: Place) -> str:
    """From when to when a place existed; where only the year is known, only the year is said."""
    return _span(_moment(place.valid_from, (1, 1)), _moment(place.valid_to, (12, 31)))


def _span(begun: str, ended: str) -> str:
    if begun and ended:
        return gettext("%(first)s to %(last)s") % {"first": begun, "last": ended}
    if begun:
        return gettext("since %(date)s") % {"date": begun}
    return gettext("until %(date)s") % {"date": ended} if ended else ""


def _year(year: int | None) -> str:
    return gettext("%(year)s") % {"year": year} if year else ""


def _moment(date: dt.date | None, only_year: tuple[int, int]) -> str:
    if date is None:
        return ""
    if (date.month, date.day) == only_year:
        return _year(date.year)
    return date_format(date, "DATE_FORMAT")


@register.filter
def tier_line(tier: PlaceTier) -> str:
    """A tier with its years: sub-provincial city (since 1994)."""
    return tier.get_tier_display() + bracketed(_span(_year(tier.from_year), _year(tier.to_year)))


@register.filter
def succession_line(row: Succession) -> str:
    """What stands behind the name of a predecessor or successor: (renamed, 2017)."""
    year = _year(row.date.year) if row.date else ""
    return bracketed(
        pgettext("remark after a name", ", ").join(
            part for part in (str(row.get_kind_display()), year) if part
        )
    )


def bracketed(text: str) -> str:
    return pgettext("remark after a name", " (%(text)s)") % {"text": text} if text else ""


@register.filter
def numeral(number: int) -> str:
    """Chinese counts series as 一, 二, 三."""
    return str(number) if is_english() or not 1 <= number <= 10 else "一二三四五六七八九十"[number - 1]


@register.filter
def accent(number: int) -> int:
    """Series have eight colours; a ninth begins again."""
    return (number - 1) % ACCENTS + 1


# --- Figures --------------------------------------------------------------------------------------------------------


@register.filter
def figure(fact: Fact) -> dict[str, str]:
    """Split a national figure into what stands before the number, the number and what follows.

    Chinese readers see it as printed (7.53 亿); in English it is written out with the same precision (753 million).
    """
    if not is_english():
        found = re.fullmatch(r"(\D*)([\d.,]+)(.*)", fact.printed)
        before, number, after = found.groups() if found else ("", fact.printed, "")
        return {"before": before, "number": number, "after": after}
    before = pgettext("before a number", "more than") if fact.qualifier == Fact.Qualifier.OVER else ""
    if fact.unit == Fact.Unit.YEAR:
        return {"before": before, "number": fact.shown_value, "after": ""}
    if fact.value >= 1_000_000:
        return {
            "before": before,
            "number": f"{(fact.value / 1_000_000).normalize():f}",
            "after": gettext("million"),
        }
    number = number_format(fact.value, fact.decimals, use_l10n=True, force_grouping=True)
    return {"before": before, "number": number, "after": "%" if fact.unit == Fact.Unit.PERCENT else ""}


@register.filter
def band_line(band: Band) -> str:
    """A band with its ends: leading (1–30)."""
    if band.first_rank or band.last_rank:
        ends = [str(rank or "") for rank in (band.first_rank, band.last_rank)]
    else:
        scores = (band.lowest_score, band.highest_score)
        ends = ["" if score is None else plain(score) for score in scores]
    return band.label + bracketed("\u2013".join(ends) if any(ends) else "")


@register.filter
def plain(value: Decimal) -> str:
    """A stored number without the zeros that only the column adds: 100.0000 -> 100."""
    return f"{value.normalize():f}"


@register.filter
def shown(row: GroupAverage, name: str) -> str:
    """A figure of an average with the decimals it was printed with."""
    return row.shown(name)


@register.filter
def signed(figure: str) -> str:
    """8.74 -> +8.74, -1.20 -> −1.20, with the minus sign of typography."""
    if not figure:
        return ""
    return f"\u2212{figure[1:]}" if figure.startswith("-") else f"+{figure}"


@register.filter
def group_in_text(row: GroupAverage) -> str:
    """The group that an average names, without how many of it: 前50名地级城市 -> 地级城市."""
    return re.sub(r"前\d+(名|位|强)", "", row.printed_label)


@register.filter
def group_differs(row: GroupAverage) -> bool:
    """Whether the text calls the group otherwise than the table it is about."""
    if row.ranking is None or row.ranking.peer_group is None:
        return False
    return group_in_text(row) != row.ranking.peer_group.title_zh


@register.simple_tag
def bar(row: GroupAverage) -> dict[str, str]:
    """Geometry of the small chart of an average: where last year's and this year's value lie between 0 and 100."""
    value = row.printed_value
    previous = value if row.printed_previous is None else row.printed_previous
    left, right = sorted((previous, value))
    # Text, so that no language's decimal comma gets into a coordinate.
    return {
        "value": f"{value:f}",
        "previous": f"{previous:f}",
        "left": f"{left:f}",
        "width": f"{right - left:f}",
    }
