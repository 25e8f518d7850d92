"""What the first view of a page costs over the wire, as the browser counts it."""

from playwright.sync_api import Browser, Page

from tests.browser.sites import Site

RANKING = "/editions/2023/rankings/prefectures-50/"
MOST_BYTES = 60 * 1024


def loaded(page: Page, address: str) -> list[dict]:
    """Open an address; return type, address and bytes on the wire of everything that was fetched for it."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    fetched: dict[str, dict] = {}
    session.on(
        "Network.responseReceived",
        lambda event: fetched.setdefault(event["requestId"], {}).update(
            type=event["type"], url=event["response"]["url"], status=event["response"]["status"]
        ),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: fetched.setdefault(event["requestId"], {}).update(bytes=event["encodedDataLength"]),
    )
    page.goto(address, wait_until="networkidle")
    session.detach()
    return list(fetched.values())


def test_a_ranking_of_50_rows_is_light(browser: Browser, demo_site: Site) -> None:
    for language in ("", "/en"):
        with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
            page = context.new_page()
            parts = loaded(page, f"{demo_site.url}{language}{RANKING}")
            assert page.locator("table.scores tbody tr").count() == 50
        kinds = [part.get("type") for part in parts]
        assert kinds.count("Stylesheet") == 1
        assert kinds.count("Script") <= 1
        total = sum(part.get("bytes", 0) for part in parts)
        assert 5_000 < total < MOST_BYTES, parts
        assert all(part["url"].startswith(demo_site.url) for part in parts if "url" in part)


def test_what_a_page_loads_later_waits_for_the_reader(browser: Browser, demo_site: Site) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{demo_site.url}{RANKING}", wait_until="networkidle")
        first = len(asked)
        with page.expect_response(lambda response: "htmx" in response.url):
            page.locator("#table-q").hover()
        assert len(asked) > first
