"""The house itself: locks, layers and sizes are rules that a later change breaks without noticing."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("cityrank", "awards", "scores")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def lock_text(name: str) -> str:
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, set[str]]:
    """Return the locked versions by package; a package has several where Python versions need different ones."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", lock_text(name), re.MULTILINE):
        found.setdefault(canonicalize_name(package), set()).add(version)
    return found


@pytest.mark.parametrize(
    ("lock", "declared"),
    [
        ("base.txt", PROJECT["project"]["dependencies"]),
        ("dev.txt", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]),
    ],
)
def test_a_lock_holds_every_declared_library_in_a_version_that_was_asked_for(
    lock: str, declared: list[str]
) -> None:
    locked = pins(lock)
    for requirement in map(Requirement, declared):
        versions = locked.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in {lock}: make lock"
        assert all(requirement.specifier.contains(version) for version in versions), (
            f"{requirement} in {lock}: make lock"
        )


def test_development_runs_the_versions_that_a_server_runs() -> None:
    base, dev = pins("base.txt"), pins("dev.txt")
    assert {name: dev.get(name) for name in base} == base


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt"])
def test_a_lock_has_a_hash_for_every_library_and_no_address_of_one_machine(lock: str) -> None:
    text = lock_text(lock)
    for block in re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)):
        assert "--hash=sha256:" in block, block.splitlines()[0]
    assert not re.search(r"index-url|find-links|file:|https?:|/etc/", text)


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code without its data, to break on purpose."""
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__", "data", "migrations")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("cityrank/registry/trespass.py", "from awards import models"),
        ("awards/trespass.py", "from scores import models"),
        ("scores/trespass.py", "from cityrank.publishing import gate"),
        ("cityrank/publishing/trespass.py", "from cityrank.exchange import apps"),
        ("cityrank/exchange/trespass.py", "from cityrank.pages import urls"),
        ("cityrank/pages/trespass.py", "from cityrank.api import urls"),
        ("cityrank/api/trespass.py", "from cityrank.pages import urls"),
        ("cityrank/publishing/trespass.py", "from cityrank.accounts import people"),
        ("cityrank/accounts/trespass.py", "from cityrank.pages import urls"),
        ("scores/methodology/trespass.py", "from django.db import models"),
        ("scores/methodology/trespass.py", "from scores import models"),
    ],
)
def test_an_import_against_the_layers_is_refused(copy: Path, module: str, line: str) -> None:
    (copy / module).write_text(line + "\n", encoding="utf-8")
    answer = lint_imports(copy)
    assert answer.returncode == 1
    assert "trespass" in answer.stdout


def test_an_admin_may_call_publishing_but_nobody_may_call_an_admin(copy: Path) -> None:
    shutil.rmtree(copy / "awards" / "admin", ignore_errors=True)
    (copy / "awards" / "admin.py").write_text("from cityrank.publishing import gate\n", encoding="utf-8")
    assert lint_imports(copy).returncode == 0, lint_imports(copy).stdout
    (copy / "scores" / "trespass.py").write_text("from awards import admin\n", encoding="utf-8")
    assert lint_imports(copy).returncode == 1


def test_files_functions_and_templates_keep_to_a_size_one_feels_at_home_in() -> None:
    too_long = []
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 400:
            too_long.append(f"{path.relative_to(ROOT)}: over 400 lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 40:
                too_long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: over 40 lines")
    for path in (ROOT / "templates").rglob("*.html"):
        if path.read_text(encoding="utf-8").count("\n") > 150:
            too_long.append(f"{path.relative_to(ROOT)}: over 150 lines")
    assert not too_long, "\n".join(too_long)


def test_make_says_in_a_sentence_that_python_is_too_old(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    command = ["make", "PYTHON=false", ".venv/base.stamp"]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode != 0
    assert "Python 3.11 or later is needed" in answer.stderr
