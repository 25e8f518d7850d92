"""The reading report: what each piece of the text became and how sure that is, the questions, the notices, the counts.

As plain values for JSON, where names and figures are as printed and decimals are strings, and as lines for a terminal.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cityrank.exchange.bulletin.elements import Became, Piece, RowRead, Span, Sure
from cityrank.exchange.bulletin.matching import Matched
from cityrank.exchange.bulletin.names import Name
from cityrank.exchange.bulletin.parts import AwardMatch, RankingMatch
from cityrank.exchange.bulletin.questions import Question
from scores.models import Ranking

BECAME = {
    Became.FURNITURE: gettext_lazy("page around it"),
    Became.TITLE: gettext_lazy("title"),
    Became.DATE: gettext_lazy("date"),
    Became.SOURCE: gettext_lazy("source"),
    Became.ORGANISER: gettext_lazy("organiser"),
    Became.SERIES_LISTED: gettext_lazy("series in the list"),
    Became.AWARD_LISTED: gettext_lazy("title in the list"),
    Became.SERIES_HEADING: gettext_lazy("heading of a series"),
    Became.AWARD_HEADING: gettext_lazy("heading of an award"),
    Became.WINNERS: gettext_lazy("winners"),
    Became.CITATION_HEADING: gettext_lazy("heading of a citation"),
    Became.CITATION: gettext_lazy("citation"),
    Became.RANKING_HEADING: gettext_lazy("heading of a table"),
    Became.TABLE_HEADER: gettext_lazy("header of a table"),
    Became.TABLE_ROW: gettext_lazy("row of a table"),
    Became.CAPTION: gettext_lazy("caption of a picture"),
    Became.BAND: gettext_lazy("band"),
    Became.AVERAGE: gettext_lazy("average"),
    Became.METHOD: gettext_lazy("note on method"),
    Became.FINDING_HEADING: gettext_lazy("heading of a finding"),
    Became.FINDING: gettext_lazy("finding"),
    Became.LEAD: gettext_lazy("report around the results"),
    Became.REPEATED: gettext_lazy("repeated heading"),
    Became.NOT_UNDERSTOOD: gettext_lazy("not understood"),
}
SURE = {
    Sure.CERTAIN: gettext_lazy("certain"),
    Sure.LIKELY: gettext_lazy("likely"),
    Sure.DOUBTFUL: gettext_lazy("doubtful"),
}


def as_data(matched: Matched) -> dict[str, Any]:
    """Return the whole report as values that JSON holds."""
    reading = matched.reading
    document = reading.document
    return {
        "document": {
            "name": document.name,
            "kind": document.kind,
            "encoding": document.encoding,
            "lines": len(document.lines),
            "characters": len(document.text),
            "characters_unaccounted": len(reading.unaccounted()),
        },
        "edition": {"label": matched.edition.label, "exists": matched.edition.exists},
        "head": vars(reading.head),
        "counts": counts(matched),
        "questions": [_question(matched, question) for question in matched.questions],
        "notices": [
            {"key": notice.key, "message": notice.message, "line": notice.span.line if notice.span else None}
            for notice in reading.notices
        ],
        "organisers": [
            {"role": organiser.read.role, **_name(organiser.name)} for organiser in matched.organisers
        ],
        "series": [{"number": series.number, "title": series.title} for series in reading.series],
        "awards": [_award(award) for award in matched.awards],
        "rankings": [_ranking(ranking) for ranking in matched.rankings],
        "citations": [
            {"key": one.key, "heading": one.heading, "text": one.text, "line": one.span.line}
            for one in reading.citations
        ],
        "averages": [_average(average.read, average.ranking) for average in matched.averages],
        "sections": [_section(section) for section in reading.sections],
        "pieces": [_piece(matched, piece) for piece in reading.pieces],
    }


def counts(matched: Matched) -> dict[str, int]:
    """Return how much was found of everything, and how much of it is settled."""
    winners = [name for award in matched.awards for name in award.names if not name.dropped]
    rows = [name for ranking in matched.rankings for name in ranking.names if not name.dropped]
    states = Counter(ranking.read.state for ranking in matched.rankings)
    pieces = Counter(piece.became for piece in matched.reading.pieces)
    return {
        "awards": len(matched.awards),
        "recipients": len(winners),
        "recipients_resolved": sum(_settled(name) for name in winners),
        "rankings": len(matched.rankings),
        "rows": len(rows),
        "rows_resolved": sum(_settled(name) for name in rows),
        **{f"rankings_{state}": states[state] for state in Ranking.State.values},
        "averages": len(matched.averages),
        "citations": len(matched.reading.citations),
        "sections": len(matched.reading.sections),
        "questions": len(matched.questions),
        "questions_open": len(matched.open_questions),
        "pieces": len(matched.reading.pieces),
        "pieces_not_understood": pieces[Became.NOT_UNDERSTOOD],
        "pieces_furniture": pieces[Became.FURNITURE],
    }


def _settled(name: Name) -> bool:
    return bool(name.subject or name.creation)


def _question(matched: Matched, question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "about": question.about.value,
        "text": question.text,
        "excerpt": question.excerpt,
        "line": question.line,
        "choices": [vars(choice) for choice in question.choices],
        "also": question.also.value,
        "default": question.default,
        "answer": None if matched.asked.is_open(question) else matched.asked.answers[question.key],
    }


def _name(name: Name) -> dict[str, Any]:
    return {
        "printed": name.printed,
        "line": name.span.line,
        "subject": name.subject or None,
        "name": name.label or None,
        "created": name.creation is not None,
        "left_out": name.dropped,
        "sure": name.sure.value,
        "reason": name.reason,
        "question": name.question or None,
    }


def _part(part: AwardMatch | RankingMatch) -> dict[str, Any]:
    return {
        "slug": part.slug,
        "series": part.read.series,
        "title_listed": part.read.title_listed,
        "title_printed": part.read.title_printed,
        "line": part.line.slug if part.line else None,
        "expected": part.expected,
        "sure": part.read.sure.value,
    }


def _award(award: AwardMatch) -> dict[str, Any]:
    return _part(award) | {
        "period_listed": award.read.period_listed,
        "period_printed": award.read.period_printed,
        "citation": award.citation or None,
        "winners": [_name(name) for name in award.names],
    }


def _ranking(ranking: RankingMatch) -> dict[str, Any]:
    read = ranking.read
    rows = zip(ranking.names, read.rows, strict=True)
    return _part(ranking) | {
        "state": read.state,
        "caption": read.caption,
        "cutoff": read.cutoff,
        "maximum": _figure(read.maximum),
        "peer_group": ranking.group.slug if ranking.group else None,
        "bands": [
            {
                "label": band.label,
                "first_rank": band.first_rank,
                "last_rank": band.last_rank,
                "lowest_score": _figure(band.lowest_score),
                "highest_score": _figure(band.highest_score),
            }
            for band in read.bands
        ],
        "rows": [_name(name) | _row(row) for name, row in rows],
    }


def _row(row: RowRead) -> dict[str, Any]:
    return {"rank": row.rank, "score": _figure(row.score), "score_text": row.score_text, "band": row.band}


def _average(read: Any, ranking: str) -> dict[str, Any]:
    return {
        "label": read.printed_label,
        "top_n": read.top_n,
        "value": _figure(read.value),
        "previous": _figure(read.previous),
        "change": _figure(read.change),
        "ranking": ranking or None,
        "line": read.span.line,
    }


def _section(section: Any) -> dict[str, Any]:
    return {
        "kind": section.kind,
        "number": section.number,
        "title": section.title,
        "body": section.body,
        "series": section.series,
    }


def _piece(matched: Matched, piece: Piece) -> dict[str, Any]:
    span: Span = piece.span
    return {
        "line": span.line,
        "start": span.start,
        "end": span.end,
        "became": piece.became.value,
        "sure": piece.sure.value,
        "of": piece.of or None,
        "note": piece.note,
        "text": matched.reading.text_of(span),
    }


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


# --- for a terminal ---------------------------------------------------------------------------------------------------


def as_text(matched: Matched) -> Iterator[str]:
    """Yield the report in lines: what was found, what became of every piece, what is open."""
    yield from _summary(matched)
    parts: list[AwardMatch | RankingMatch] = [*matched.awards, *matched.rankings]
    for part in parts:
        yield from ("", _told_part(part))
        for name in part.names:
            if name.question or name.sure != Sure.CERTAIN or name.dropped:
                yield f"    {name.printed} → {_told_name(name)}"
    yield from ("", _("The text, piece by piece:"))
    for piece in matched.reading.pieces:
        text = " ".join(matched.reading.text_of(piece.span).split())
        mark = {Sure.CERTAIN: " ", Sure.LIKELY: "~", Sure.DOUBTFUL: "?"}[piece.sure]
        note = f"  ({piece.note})" if piece.note else ""
        yield f"{piece.span.line:>5} {mark} {BECAME[piece.became]}: {text[:60]}{'…' if len(text) > 60 else ''}{note}"
    for notice in matched.reading.notices:
        where = f"{notice.span.line:>5}   " if notice.span else " " * 8
        yield f"{where}{notice.message}"
    yield from told_questions(matched.open_questions)


def _summary(matched: Matched) -> Iterator[str]:
    found = counts(matched)
    document = matched.reading.document
    yield f"{document.name}: {matched.edition.label or '–'}  {matched.reading.head.title}"
    yield _("%(awards)s awards with %(recipients)s recipients, %(resolved)s of them resolved") % {
        "awards": found["awards"], "recipients": found["recipients"], "resolved": found["recipients_resolved"],
    }  # fmt: skip
    states = ", ".join(
        f"{found[f'rankings_{state.value}']} {state.label}"
        for state in Ranking.State
        if found[f"rankings_{state.value}"]
    )
    yield _("%(rankings)s rankings (%(states)s) with %(rows)s rows, %(averages)s averages, %(citations)s citations") % {
        "rankings": found["rankings"], "states": states, "rows": found["rows"], "averages": found["averages"],
        "citations": found["citations"],
    }  # fmt: skip
    yield _("%(pieces)s pieces of text: %(furniture)s of the page around it, %(lost)s not understood") % {
        "pieces": found["pieces"], "furniture": found["pieces_furniture"], "lost": found["pieces_not_understood"],
    }  # fmt: skip


def _told_part(part: AwardMatch | RankingMatch) -> str:
    line = part.line.slug if part.line else "?"
    count = len([name for name in part.names if not name.dropped])
    state = f", {Ranking.State(part.read.state).label}" if isinstance(part, RankingMatch) else ""
    return f"  {part.read.series}. {part.title} → {line} ({count}/{part.expected or '–'}{state})"


def _told_name(name: Name) -> str:
    if name.dropped:
        return _("left out")
    if name.creation:
        return _("%(name)s, to be created") % {"name": name.creation.name}
    return f"{name.label} ({name.reason})" if name.subject else _("open")


def told_questions(questions: list[Question]) -> Iterator[str]:
    """Yield open questions with their keys and choices."""
    if not questions:
        yield from ("", _("No question is open."))
        return
    text = ngettext("%(count)s question is open:", "%(count)s questions are open:", len(questions))
    yield from ("", text % {"count": len(questions)})
    for question in questions:
        yield from ("", f"  {question.key}", f"    {question.text}")
        for choice in question.choices:
            mark = "*" if choice.value == question.default else "-"
            yield f"    {mark} {choice.value}  {choice.label}{'  ' + choice.why if choice.why else ''}"
