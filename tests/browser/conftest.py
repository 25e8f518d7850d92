"""A real Chromium: the one of the machine, because `pip install` brings no browser along."""

import os

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser; a forgotten mark must not pull it into `make test`."""
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    path = os.environ.get("CHROMIUM")
    if not path:
        pytest.fail(
            "No Chromium was found. Install one, or name it: make test-browser CHROMIUM=/path/to/chromium"
        )
    # Chromium refuses its sandbox to root, which is who runs the tests in a container.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": sandbox}
