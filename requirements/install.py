"""Make .venv and install one lock file into it, with nothing but Python 3.11 and pip in either of its two forms.

Called by the Makefile as `python requirements/install.py base.txt` or `dev.txt`. Debian ships Python without ensurepip,
other places ship ensurepip but no pip; each is enough. Exits with a sentence when neither is there.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE.parent / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
SMALLEST = (3, 11)


def answers(*command: object) -> bool:
    """Say whether the command exists and ends well; its output is of no interest."""
    try:
        return (
            subprocess.run([str(part) for part in command], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def runs_new_enough(python: Path) -> bool:
    """An environment can outlive the interpreter that made it, or have been made by an older one."""
    return answers(python, "-c", f"import sys; sys.exit(sys.version_info < {SMALLEST})")


def make_environment() -> None:
    if runs_new_enough(PYTHON):
        return
    with_pip = answers(sys.executable, "-c", "import ensurepip") and not pip_of_the_machine()
    options = ["--clear"] if with_pip else ["--clear", "--without-pip"]
    subprocess.run([sys.executable, "-m", "venv", *options, str(VENV)], check=True)


def pip_of_the_machine() -> list[str]:
    """Return the command by which this interpreter's own pip (22.3 or later) serves the environment, or nothing."""
    command = [sys.executable, "-m", "pip", "--python"]
    return [*command, str(PYTHON)] if answers(*command, sys.executable, "--version") else []


def pip() -> list[str]:
    if answers(PYTHON, "-m", "pip", "--version"):
        return [str(PYTHON), "-m", "pip"]
    command = pip_of_the_machine()
    if not command:
        sys.exit(
            f"{sys.executable} has neither pip nor ensurepip. Install one of them, e.g. apt-get install python3-pip."
        )
    return command


def main(lock: str) -> None:
    if sys.version_info < SMALLEST:
        sys.exit(
            f"Python {'.'.join(map(str, SMALLEST))} or later is needed; {sys.executable} is {sys.version.split()[0]}."
        )
    make_environment()
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes"]
    ended = subprocess.run([*pip(), "install", *options, "-r", str(HERE / lock)], check=False)
    if ended.returncode:
        sys.exit(f"pip could not install requirements/{lock}; its own words stand above.")


if __name__ == "__main__":
    main(sys.argv[1])
