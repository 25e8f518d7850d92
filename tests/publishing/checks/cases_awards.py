"""One case that trips a rule and one that does not, for each rule about awards and about the release itself."""

from awards.models import Award, Recipient, Release
from tests.factories import awards, registry
from tests.publishing.checks.sound import Case, award, release, the_award


def one_more(draft: Release, name: str = "第四镇") -> Recipient:
    """Add a recipient to the award."""
    town = registry.town("330106109", "第四镇")
    position = the_award(draft).recipients.count() + 1
    return Recipient.objects.create(
        award=the_award(draft), position=position, printed_name=name, subject=town
    )


def one_more_as_announced(draft: Release) -> None:
    one_more(draft)
    award(expected_count=4)(draft)


def without_recipients(draft: Release) -> None:
    Recipient.objects.of_release(draft).delete()


def empty_as_announced_for_later(draft: Release) -> None:
    without_recipients(draft)
    award(expected_count=3)(draft)  # that they are missing is said by the rule about the number


def not_announced(draft: Release) -> Award:
    without_recipients(draft)
    award(expected_count=None)(draft)
    return the_award(draft)


def unresolved(draft: Release) -> None:
    Recipient.objects.of_release(draft).filter(position=2).update(subject=None)


def another_name_for_a_resolved_one(draft: Release) -> None:
    Recipient.objects.of_release(draft).filter(position=2).update(printed_name="某镇")


def same_name_again(draft: Release) -> None:
    one_more(draft, name="第1镇")


def name_of_another_award(draft: Release) -> None:
    awards.award(awards.series(draft, 2), "second", [("第1镇", registry.town("330106101", "第1镇"))])


def second_award_with_the_same_citation(draft: Release) -> None:
    shared = the_award(draft).citation
    awards.award(awards.series(draft, 2), "second", [("某镇", registry.town())], citation=shared)


YEARLESS = {"title_printed": "最佳城镇", "title_listed": "最佳城镇"}

CASES = {
    "recipient-count": Case("award:best", one_more, one_more_as_announced),
    "award-empty": Case("award:best", not_announced, empty_as_announced_for_later),
    "recipient-unresolved": Case("recipient:best:2", unresolved, another_name_for_a_resolved_one),
    "recipient-name-twice": Case("recipient:best:4", same_name_again, name_of_another_award),
    "award-citation": Case("award:best", award(citation=None), second_award_with_the_same_citation),
    "award-source": Case("award:best", award(source=None), award(line=None)),
    "award-year": Case(
        "award:best",
        award(**YEARLESS | {"title_en": "Best of 2018", "period_printed": "第20180期"}),
        award(**YEARLESS | {"period_printed": "2018年度"}),
    ),
    "award-titles": Case(
        "award:best",
        award(period_listed="2018年度", period_printed="2018-2019年度"),
        award(title_listed="", period_listed="", period_printed="2018年度"),
    ),
    "release-date": Case("release", release(announced_on=None), release(summary_zh="")),
    "release-title": Case("release", release(title_zh="2016年评估结果"), release(title_zh="2018年评估结果")),
}
