"""The questions about a bulletin with their candidates, answered one by one or a page at once."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.models import Organiser, Recipient
from cityrank.exchange.admin_bulletin_frame import address, page, steps
from cityrank.exchange.bulletin.answers import BadAnswers
from cityrank.exchange.bulletin.keeping import answer, matched_of
from cityrank.exchange.bulletin.matching import Matched
from cityrank.exchange.bulletin.questions import OPEN, About, Also, Question
from cityrank.exchange.models import BulletinReading
from cityrank.publishing.refusals import Refused
from cityrank.registry.admin_fields import SubjectField, SubjectSelect
from cityrank.registry.models import Subject

# Questions on a page.
QUESTIONS = 40


def questions_view(request: HttpRequest, record: BulletinReading) -> HttpResponse:
    if not record.is_open:
        return HttpResponseRedirect(address("change", record))
    matched = matched_of(record)
    questions = matched.questions
    if request.GET.get("show") != "all":
        questions = matched.open_questions
    found = Paginator(questions, QUESTIONS).get_page(request.GET.get("page"))
    form = OthersForm(list(found), matched)
    context = steps(record, matched, "questions") | {
        "questions": [_question(matched, question, form) for question in found],
        "page": found,
        "all": request.GET.get("show") == "all",
        "media": form.media,
        "unknown": sum(
            question.about == About.PLACE and question.default == OPEN for question in matched.open_questions
        ),
        "answer_url": address("answer", record),
    }
    return page(request, record, "admin/cityrank/bulletin_questions.html", context)


class OthersForm(forms.Form):
    """For each question a field to search for another subject than those that are offered."""

    def __init__(self, questions: list[Question], matched: Matched) -> None:
        super().__init__(auto_id=False)
        for question in questions:
            if question.also != Also.SUBJECT:
                continue
            model, name = (
                (Organiser, "organisation")
                if question.about == About.ORGANISATION
                else (Recipient, "subject")
            )
            column = cast(Any, model._meta.get_field(name))
            chosen = matched.asked.subjects.get(matched.asked.answers.get(question.key, ""))
            initial = chosen.pk if chosen and chosen.slug not in question.allowed else None
            self.fields[f"subject:{question.key}"] = SubjectField(
                column.remote_field.model._default_manager.all(),
                required=False,
                initial=initial,
                label=question.excerpt,
                widget=SubjectSelect(column, admin.site, attrs={"aria-label": question.excerpt}),
            )

    def of(self, key: str) -> Any:
        return self[f"subject:{key}"] if f"subject:{key}" in self.fields else None


def _question(matched: Matched, question: Question, form: OthersForm) -> dict[str, Any]:
    given = matched.asked.answers.get(question.key, "")
    is_open = matched.asked.is_open(question)
    other = "" if given in question.allowed or is_open else given
    return {
        "question": question,
        "is_open": is_open,
        "given": given,
        "other": other,
        "search": form.of(question.key),
        "typed": question.also in (Also.LABEL, Also.TEXT),
        "chosen": given if not is_open else (question.default or ""),
    }


def answer_view(request: HttpRequest, record: BulletinReading) -> HttpResponse:
    """Note the answers of one question or of a whole page; a script gets them confirmed as JSON."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    by_script = request.headers.get("Accept", "").startswith("application/json")
    before = {question.key for question in matched_of(record).questions} if record.is_open else set()
    try:
        matched = answer(record, posted_answers(request), cast(User, request.user))
    except (BadAnswers, Refused) as problem:
        if by_script:
            return JsonResponse({"problem": str(problem)}, status=400)
        return _refused(request, record, str(problem))
    number = len(matched.open_questions)
    if by_script:
        fresh = {question.key for question in matched.questions} != before
        return JsonResponse({"open": number, "said": said(number), "fresh": fresh})
    return HttpResponseRedirect(address("questions" if number else "confirm", record))


def _refused(request: HttpRequest, record: BulletinReading, problem: str) -> HttpResponse:
    messages.error(request, problem)
    return HttpResponseRedirect(address("questions", record))


def said(number: int) -> str:
    if not number:
        return _("Saved. No question is open.")
    return ngettext("Saved. %(count)s question is open.", "Saved. %(count)s questions are open.", number) % {
        "count": number
    }


def posted_answers(request: HttpRequest) -> dict[str, str]:
    """Return what a form answers, by key: the value of a choice, a text, or the identifier of a subject."""
    answers: dict[str, str] = {}
    for field, value in request.POST.items():
        kind, _colon, key = field.partition(":")
        if kind == "choice" and value and value != "@other":
            answers[key] = str(value)
        elif kind == "choice" and value == "@other":
            text = request.POST.get(f"text:{key}", "").strip()
            chosen = request.POST.get(f"subject:{key}", "")
            subject = (
                Subject.objects.filter(pk=int(chosen)).first()
                if chosen.isdecimal() and len(chosen) < 19
                else None
            )
            if subject or text:
                answers[key] = subject.slug if subject else text
    return answers
