"""What the documentation says in tables about rules, moves and roles is what the code does."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from cityrank.publishing.checks import RULES
from cityrank.publishing.moves import TRANSITIONS
from cityrank.publishing.roles import ROLES, grants

DOCS = Path(__file__).resolve().parents[2] / "docs"


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(whole: str, heading: str) -> str:
    """Return what stands between a heading of the second level and the next one."""
    return re.split(r"^## ", whole.split(f"\n## {heading}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


def table(part: str) -> list[list[str]]:
    """Return the rows of all tables of a text without their headings, as cells."""
    lines = [line for line in part.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rules = [index for index, row in enumerate(rows) if set("".join(row)) == {"-"}]
    return [row for index, row in enumerate(rows) if not {index, index + 1} & set(rules)]


# --- Rules ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "severities"),
    [("English", {"blocks": "blocks", "warns": "warns"}), ("中文", {"blocks": "阻止", "warns": "提醒"})],
)
def test_every_rule_stands_in_both_languages_with_its_severity_and_how_to_mend_it(
    language: str, severities: dict[str, str]
) -> None:
    rows = table(section(text("checks.md"), language))
    assert [(row[0], row[1]) for row in rows] == [
        (f"`{rule.name}`", severities[rule.severity]) for rule in RULES.values()
    ]
    assert all(len(row) == 4 and row[2] and row[3] for row in rows)


def test_a_rule_is_described_by_the_sentence_that_the_admin_shows() -> None:
    described = {row[0].strip("`"): row[2] for row in table(section(text("checks.md"), "English"))}
    with override("en"):
        assert described == {rule.name: str(rule.about) for rule in RULES.values()}


# --- Moves ------------------------------------------------------------------------------------------------------


def test_the_table_of_moves_is_that_of_the_code() -> None:
    rows = {row[0]: row[1:] for row in table(section(text("architecture.md"), "The moves of a release"))}
    assert list(rows) == [move.action for move in TRANSITIONS]
    rights = grants()
    for move in TRANSITIONS:
        sources, target, who, reason = rows[move.action]
        assert sources == (", ".join(move.sources) or "nothing")
        assert target == move.target
        allowed = [role for role in ROLES if tuple(move.permission.split(".")) in rights[role]]
        assert who == (", ".join(allowed) if move.permission else "a program")
        assert (reason == "needed") == move.needs_reason


def test_the_drawing_of_the_moves_has_an_arrow_for_each() -> None:
    drawn = re.findall(r"^    (\S+) --> (\S+): (\S+)$", text("architecture.md"), re.MULTILINE)
    moves = [
        (source, str(move.target), move.action) for move in TRANSITIONS for source in move.sources or ("[*]",)
    ]
    assert sorted(drawn) == sorted(moves)


# --- Roles ------------------------------------------------------------------------------------------------------

# A cell of the table (enters, reviews, publishes, reads) says the word exactly when the role has the permission.
WORDS = [
    ("scores.change_score", 1, "assigned to them", "分配给自己"),
    ("registry.change_place", 1, "registry", "名录"),
    ("awards.submit_release", 1, "submits", "提交"),
    ("awards.add_edition", 1, "sets up editions", "建立各届"),
    ("awards.coordinate_release", 1, "assigns", "分工"),
    ("accounts.add_invitation", 1, "invites", "邀请"),
    ("accounts.manage_members", 1, "closes accounts", "停用账号"),
    ("awards.review_release", 2, "approves", "批准"),
    ("publishing.resolve_entries", 2, "settles", "裁定"),
    ("awards.publish_release", 3, "publishes", "发布"),
    ("axes.view_accesslog", 4, "sign-ins", "登录"),
]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_handbook_gives_each_role_the_rights_it_has(language: str) -> None:
    heading = {"en": "2. Who may do what", "zh": "2. 角色与权限"}[language]
    rows = {row[0].split()[0]: row for row in table(section(text(f"handbook/{language}.md"), heading))}
    assert list(rows) == list(ROLES)
    wrong = [
        (role, permission)
        for role, rights in grants().items()
        for permission, column, *words in WORDS
        if (words[language == "zh"] in rows[role][column]) != (tuple(permission.split(".")) in rights)
    ]
    assert wrong == []


def test_every_role_reads_releases_and_the_auditor_does_nothing_else() -> None:
    rights = grants()
    assert all(("awards", "view_release") in rights[role] for role in ROLES)
    for language in ("en", "zh"):
        row = next(row for row in table(text(f"handbook/{language}.md")) if row[0].startswith("auditor"))
        assert row[1] in {"nothing", "不能改动"}
        assert set(row[2:4]) <= {"-", "－"}


# --- Links ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", [*sorted(DOCS.rglob("*.md")), DOCS.parent / "README.md"], ids=lambda p: p.name
)
def test_a_link_to_a_page_of_the_documentation_leads_to_it(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+\.md)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).is_file()] == []
