"""People at their browsers."""

from collections.abc import Callable

from playwright.sync_api import Page

PASSWORD = "a-long-test-password"
SignIn = Callable[[str], Page]
