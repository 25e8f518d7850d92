"""Second factors, sessions and invitations in a real browser; passkeys by Chromium's own virtual device."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from axes.models import AccessLog
from django.contrib.auth.models import User
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cityrank.accounts.invitations import invite, link
from tests.factories import accounts

SET_UP = "/en/admin/account/second-factor/"
DESK = re.compile(r"/en/admin/$")


@pytest.fixture
def publisher(transactional_db: None) -> User:
    cache.clear()
    return accounts.user("publisher")


@pytest.fixture
def new_page(browser: Browser, live_server: object) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a browser of its own; complaints of the console fail the test."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(width: int = 1280) -> Page:
        viewport = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=viewport, base_url=live_server.url))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def type_password(page: Page, name: str = "publisher", password: str = accounts.PASSWORD) -> None:
    page.goto("/en/admin/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/en/admin/account/logout/")
    page.locator("form.cr-account-form button[type=submit]").click()
    page.wait_for_url("**/login/")


def with_device(page: Page) -> None:
    """Plug in a virtual device that holds passkeys and recognises its owner."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_an_app_is_set_up_by_its_secret_and_then_asked_for(
    publisher: User, new_page: Callable[..., Page], settings: object
) -> None:
    settings.MFA_REQUIRED_FOR = ["publisher"]
    page = new_page()
    type_password(page)
    expect(page).to_have_url(re.compile(SET_UP))
    page.get_by_role("link", name="Set up an app").click()
    expect(page.locator("img.cr-qr")).to_be_visible()
    secret = page.locator("#authenticator_secret").input_value()
    page.fill("[name=code]", accounts.code(secret))
    page.locator("form.cr-account-form button[type=submit]").click()
    codes = page.locator("#recovery_codes").input_value().split()
    assert len(codes) == 10
    page.locator("#codes_saved").check()
    page.goto("/en/admin/")
    expect(page).to_have_url(DESK)
    sign_out(page)

    type_password(page)
    page.fill("[name=code]", accounts.code(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(DESK)
    sign_out(page)

    type_password(page)
    page.fill("[name=code]", codes[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(DESK)


def test_a_passkey_signs_in_alone_and_after_the_password(
    publisher: User, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    with_device(page)
    type_password(page)
    page.goto(SET_UP)
    page.get_by_role("link", name="Add a passkey").click()
    page.fill("[name=name]", "my telephone")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/second-factor/codes/")
    page.locator("#codes_saved").check()
    page.goto(SET_UP)
    expect(page.get_by_text("my telephone")).to_be_visible()
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(DESK)
    assert AccessLog.objects.latest("pk").path_info == "/en/admin/account/passkeys/sign-in/"
    sign_out(page)

    type_password(page)
    page.locator("#mfa_webauthn_authenticate").click()
    expect(page).to_have_url(DESK)


def test_a_browser_without_the_passkey_is_told_so(publisher: User, new_page: Callable[..., Page]) -> None:
    page = new_page()
    with_device(page)
    page.goto("/en/admin/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("no key fits")


def test_a_session_in_another_browser_is_ended(publisher: User, new_page: Callable[..., Page]) -> None:
    desk, phone = new_page(), new_page(390)
    for page in (desk, phone):
        type_password(page)
        expect(page).to_have_url(DESK)
    desk.goto("/en/admin/account/sessions/")
    expect(desk.get_by_role("row", name="this one")).to_have_count(1)
    desk.get_by_role("button", name="End", exact=True).click()
    expect(desk.get_by_text("The session was ended.")).to_be_visible()
    phone.goto("/en/admin/")
    expect(phone).to_have_url(re.compile("/account/login/"))
    desk.goto("/en/admin/")
    expect(desk).to_have_url(DESK)


def test_an_invitation_opens_by_itself_and_its_secret_leaves_the_address(
    publisher: User, new_page: Callable[..., Page], live_server: object
) -> None:
    _invitation, token = invite(publisher, name="Li Xiao", email="li@example.org", roles=["evaluator"])
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.headers.get('referer', '')}"))
    page.goto(link(token, live_server.url).replace("/admin/", "/en/admin/", 1))
    page.wait_for_url("**/invitation/accept/")
    expect(page.get_by_role("heading", name="Welcome, Li Xiao")).to_be_visible()
    assert [one for one in asked[1:] if token in one] == []
    page.fill("[name=username]", "lixiao")
    page.fill("[name=password1]", "willow-harbour-9")
    page.fill("[name=password2]", "willow-harbour-9")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_text("Your account is ready.")).to_be_visible()
    type_password(page, "lixiao", "willow-harbour-9")
    expect(page).to_have_url(DESK)

    again = page.context.new_page()  # the answer 410 is a complaint of the console
    again.goto(link(token, live_server.url).replace("/admin/", "/en/admin/", 1))
    expect(again.get_by_role("alert")).to_contain_text("used already")


def test_an_invitation_is_written_given_a_new_link_and_taken_back_by_its_buttons(
    publisher: User, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    type_password(page)
    page.goto("/en/admin/accounts/invitation/add/")
    page.fill("[name=name]", "Li Xiao")
    page.fill("[name=email]", "li@example.org")
    page.get_by_label("evaluator").check()
    page.get_by_role("button", name="Invite", exact=True).click()
    first = page.locator("#cr-address").input_value()
    page.get_by_role("link", name="All invitations").click()
    page.get_by_role("link", name="Li Xiao").click()
    page.get_by_role("button", name="New link").click()
    assert page.locator("#cr-address").input_value() != first
    page.get_by_role("link", name="All invitations").click()
    page.get_by_role("link", name="Li Xiao").click()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("The invitation was taken back.")).to_be_visible()


def test_a_superuser_ends_the_sessions_of_somebody_by_the_button(
    publisher: User, new_page: Callable[..., Page]
) -> None:
    accounts.chief()
    phone, page = new_page(390), new_page()
    type_password(phone)
    expect(phone).to_have_url(DESK)
    type_password(page, "chief")
    page.goto(f"/en/admin/auth/user/{publisher.pk}/change/")
    page.get_by_role("button", name="End all sessions").click()
    expect(page.get_by_text("All sessions of this person were ended.")).to_be_visible()
    phone.goto("/en/admin/")
    expect(phone).to_have_url(re.compile("/account/login/"))


@pytest.mark.parametrize("language", ["", "/en"], ids=["chinese", "english"])
def test_the_pages_of_the_accounts_are_no_wider_than_a_telephone_and_quiet(
    publisher: User, new_page: Callable[..., Page], language: str
) -> None:
    page = new_page(390)
    for path in ("login/", "password/reset/", "invitation/"):
        page.goto(f"{language}/admin/account/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    type_password(page)
    for path in (
        "account/second-factor/",
        "account/second-factor/app/",
        "account/passkeys/add/",
        "account/sessions/",
        "account/password/",
        "accounts/invitation/add/",
        f"auth/user/{publisher.pk}/change/",
    ):
        assert page.goto(f"{language}/admin/{path}").status == 200, path
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_the_accounts_can_be_read_and_used_by_everybody(
    publisher: User, new_page: Callable[..., Page], scheme: str
) -> None:
    page = new_page()
    page.emulate_media(color_scheme=scheme)
    _invitation, token = invite(publisher, name="Li Xiao", email="li@example.org", roles=["evaluator"])

    def look(path: str) -> None:
        if path:
            page.goto(f"/en/admin/account/{path}")
        page.wait_for_load_state("networkidle")
        # The frame around the pages is the theme's.
        found = Axe().run(page, context=".cr-account").response["violations"]
        assert [(page.url, one["id"], node["html"]) for one in found for node in one["nodes"]] == []

    for path in ("login/", "password/reset/", "invitation/"):
        look(path)
    page.goto(f"/en/admin/account/invitation/#{token}")
    page.wait_for_url("**/invitation/accept/")
    look("")
    type_password(page)
    for path in ("second-factor/", "passkeys/add/", "sessions/", "password/"):
        look(path)
