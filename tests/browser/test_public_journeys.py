"""What people come for, from first page to answer: in both languages, with and without scripts, on each screen."""

import re

from playwright.sync_api import expect

from tests.browser.readers import Reader

YEAR = "/editions/2023"
PREFECTURES = f"{YEAR}/rankings/prefectures-50/"
CAPITALS = f"{YEAR}/rankings/provincial-capitals/"
CITIES = f"{YEAR}/rankings/municipalities-and-sub-provincial/"
HANGZHOU = "/places/330100/"
COMPARED = "/compare/?place=330100&place=320100"


def test_find_a_city(reader: Reader) -> None:
    page = reader.open("/")
    box = page.get_by_role("search").first.locator("input[name=q]")
    box.click()
    box.press_sequentially("hangzhou", delay=20)
    if reader.has_scripts:
        option = page.locator(f"[role=option][href='{reader.language}{HANGZHOU}']").first
        expect(option).to_be_visible()
        expect(option).to_contain_text("330100")
        # By the keys alone, as who does not see the list does it.
        for _step in range(10):
            page.keyboard.press("ArrowDown")
            if option.get_attribute("aria-selected") == "true":
                break
        page.keyboard.press("Enter")
    else:
        page.keyboard.press("Enter")
        page.locator(f"main a[href='{reader.language}{HANGZHOU}']").first.click()
    expect(page).to_have_url(reader.address(HANGZHOU))
    expect(page.locator("h1")).to_contain_text("Hangzhou" if reader.language else "杭州市")
    reader.sees_no_wider_page()


def test_a_city_is_found_however_it_is_written(reader: Reader) -> None:
    for text in ("hz", "háng zhōu", "hangzou", "杭州", "杭州市"):
        page = reader.open(f"/search/?q={text}")
        expect(page.locator(f"main a[href='{reader.language}{HANGZHOU}']").first).to_be_visible()


def test_read_a_place(reader: Reader) -> None:
    page = reader.open(HANGZHOU)
    expect(page.locator(f"main a[href*='{CITIES}']").first).to_be_visible()
    expect(page.locator("main").get_by_text("2023").first).to_be_visible()
    profile = reader.fetch(f"{reader.language}{HANGZHOU}profile.pdf")
    assert (profile.status, profile.headers["content-type"]) == (200, "application/pdf")


def test_read_a_ranking_sorted_and_narrowed(reader: Reader) -> None:
    page = reader.open(PREFECTURES)
    rows = page.locator("table.scores tbody tr")
    expect(rows).to_have_count(50)
    best = rows.first.get_attribute("id")
    page.locator("#sort-rank").click()
    expect(page).to_have_url(re.compile(r"sort="))
    expect(rows.first).not_to_have_attribute("id", best)
    page.go_back()
    expect(rows.first).to_have_attribute("id", best)
    choice = page.locator("#table-province")
    choice.focus()
    reader.waits_for_scripts_of_a_table()
    province = choice.locator("option").nth(1).get_attribute("value")
    choice.select_option(province)
    if not reader.has_scripts:
        page.locator("#table-form button[type=submit]").click()
    expect(page).to_have_url(re.compile(rf"province={province}"))
    expect(page.locator(".table-counted")).to_be_visible()
    assert 0 < rows.count() < 50
    reader.sees_no_wider_page()


def test_narrow_a_ranking_by_pinyin(reader: Reader) -> None:
    page = reader.open(PREFECTURES)
    box = page.locator("#table-q")
    box.click()
    reader.waits_for_scripts_of_a_table()
    box.press_sequentially("longnan", delay=20)
    if not reader.has_scripts:
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=longnan"))
    expect(page.locator("table.scores tbody tr")).to_have_count(1)
    expect(page.locator("#row-621200")).to_be_visible()


def test_choose_the_columns_of_a_ranking(reader: Reader) -> None:
    page = reader.open(PREFECTURES)
    heads = page.locator("table.scores thead th")
    before = heads.count()
    page.locator(".chooser summary").click()
    reader.waits_for_scripts_of_a_table()
    page.locator(".chooser input[type=checkbox]:checked").first.uncheck()
    if not reader.has_scripts:
        page.locator("#table-form button[type=submit]").click()
    expect(page).to_have_url(re.compile("columns="))
    expect(heads).to_have_count(before - 1)


def test_a_row_has_an_address_and_lights_up(reader: Reader) -> None:
    page = reader.open(f"{PREFECTURES}rows/621200/")
    expect(page).to_have_url(re.compile(r"prefectures-50/.*#row-621200$"))
    row = page.locator("#row-621200")
    expect(row).to_be_in_viewport()
    if reader.has_scripts:
        colour = (
            "row => getComputedStyle(row).backgroundColor + getComputedStyle(row.cells[1]).backgroundColor"
        )
        assert row.evaluate(colour) != page.locator("#row-511500").evaluate(colour)


def test_where_two_years_do_not_compare_no_arrow_is_shown(reader: Reader) -> None:
    page = reader.open(CAPITALS)
    expect(page.locator(".compared-not")).to_be_visible()
    expect(page.locator(".moved-up, .moved-down")).to_have_count(0)
    page = reader.open(PREFECTURES)
    expect(page.locator(".compared-not")).to_have_count(0)
    assert page.locator(".moved-up, .moved-down").count() > 10


def test_take_a_chart_away(reader: Reader) -> None:
    page = reader.open(f"{YEAR}/averages/")
    figure = page.locator("figure.chart").first
    expect(figure.locator("svg[role]:visible, .chart-drawing svg:visible").first).to_be_visible()
    figure.locator(".chart-menu summary").click()
    kinds = {"SVG": b"<svg", "PNG": b"\x89PNG", "CSV": b"", "Vega-Lite": b'{"$schema"'}
    for name, beginning in kinds.items():
        link = figure.locator(".chart-menu a").filter(has_text=name)
        answer = reader.fetch(link.get_attribute("href"))
        assert answer.status == 200, name
        body = answer.body().lstrip(b"\xef\xbb\xbf \n")
        assert body.replace(b" ", b"").replace(b"\n", b"").startswith(beginning), name


def test_the_values_of_a_chart_stand_in_a_table_too(reader: Reader) -> None:
    page = reader.open(COMPARED)
    page.locator("figure.chart .chart-data summary").first.click()
    expect(page.locator("figure.chart .chart-data td").first).to_be_visible()
    reader.sees_no_wider_page()


def test_a_chart_tells_its_values_at_the_pointer_and_by_keys(reader: Reader) -> None:
    if not reader.has_scripts:
        return  # nothing is told then but by the drawing itself and by its table
    page = reader.open(f"{YEAR}/averages/")
    figure = page.locator("figure.chart").first
    mark = figure.locator("svg:visible [data-label]").first
    figure.scroll_into_view_if_needed()
    with page.expect_response(re.compile(r"/chart[^/]*\.js")):
        mark.hover(force=True)
    box = mark.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2 + 1, box["y"] + box["height"] / 2)
    tip = figure.locator(".chart-tip")
    expect(tip).to_be_visible()
    labels = figure.locator("svg:visible [data-label]").evaluate_all(
        "all => all.map(one => one.dataset.label)"
    )
    assert tip.text_content() in labels
    figure.locator("svg:visible").first.focus()
    page.keyboard.press("End")
    expect(tip).to_have_text(labels[-1])


def test_compare_places(reader: Reader) -> None:
    page = reader.open("/compare/")
    page.locator("#place-0").fill("杭州市")
    page.locator("#place-1").fill("nanjing")
    page.locator(".compare-form button[type=submit]").click()
    if not page.locator("#together").count():
        page.locator(".compare-form .notice a").first.click()
    expect(page.locator("#together")).to_be_visible()
    assert page.locator(".chosen li").count() == 2
    reader.sees_no_wider_page()


def test_comparing_across_groups_says_why_it_may_mislead(reader: Reader) -> None:
    page = reader.open("/compare/?place=330100&place=330105")
    expect(page.locator("main .notice").first).to_be_visible()
    expect(page.locator("#alone")).to_be_visible()
    expect(page.locator("#together")).to_have_count(0)


def test_see_who_moved(reader: Reader) -> None:
    page = reader.open(PREFECTURES)
    page.locator(f"a[href='{reader.language}{PREFECTURES}movers/']").first.click()
    assert reader.is_at(f"{PREFECTURES}movers/")
    expect(page.locator(".moved-up, .moved-down, [class*=move]").first).to_be_visible()
    page = reader.open("/editions/2021/rankings/municipalities-and-sub-provincial/movers/")
    expect(page.locator("main .notice-warn")).to_be_visible()
    expect(page.locator("main table")).to_have_count(0)


def test_see_winners_by_province(reader: Reader) -> None:
    page = reader.open(f"{YEAR}/")
    page.locator(f"a[href='{reader.language}{YEAR}/winners-by-province/']").first.click()
    assert reader.is_at(f"{YEAR}/winners-by-province/")
    expect(page.locator("figure.chart svg:visible").first).to_be_visible()
    expect(page.locator("main table").first).to_be_visible()


def test_see_who_won_most_often(reader: Reader) -> None:
    page = reader.open("/")
    page.locator(f"footer a[href='{reader.language}/most-awarded/']").click()
    assert reader.is_at("/most-awarded/")
    expect(page.locator(f"main a[href='{reader.language}{HANGZHOU}']").first).to_be_visible()


def test_follow_an_award_over_the_years(reader: Reader) -> None:
    page = reader.open(f"{YEAR}/awards/tourism/")
    page.locator(f"main a[href='{reader.language}/lines/tourism/']").first.click()
    assert reader.is_at("/lines/tourism/")
    for year in range(2019, 2024):
        expect(page.locator("main").get_by_text(str(year)).first).to_be_visible()
    page = reader.open("/lines/transformation/")
    expect(
        page.locator(f"main a[href='{reader.language}/lines/digital-transformation/']").first
    ).to_be_visible()


def test_read_group_averages_with_what_contradicts_them(reader: Reader) -> None:
    page = reader.open("/editions/2021/averages/")
    for text in ("+0.57", "−0.53"):  # as printed, and the difference of the two printed values
        found = page.locator("main").get_by_text(re.compile(re.escape(text)))
        expect(found.locator("visible=true").first).to_be_visible()


def test_read_the_method(reader: Reader) -> None:
    page = reader.open(PREFECTURES)
    page.locator(f"main a[href='{reader.language}{YEAR}/method/']").first.click()
    assert reader.is_at(f"{YEAR}/method/")
    page = reader.open("/editions/2021/method/")
    expect(page.locator("main").get_by_text("105").first).to_be_visible()


def test_cite_a_table(reader: Reader) -> None:
    page = reader.open(f"{PREFECTURES}cite/")
    for style in ("gbt", "apa", "bibtex", "ris"):
        expect(page.locator(f"#{style}-text")).to_contain_text("CityRank")
        expect(page.locator(f"#{style}-text")).to_contain_text("/editions/2023/releases/1/")
    for suffix, kind in (("bib", "bibtex"), ("ris", "research-info")):
        answer = reader.fetch(f"{reader.language}{PREFECTURES}cite.{suffix}")
        assert answer.status == 200
        assert kind in answer.headers["content-type"]
    if reader.has_scripts:
        button = page.locator("#bibtex button")
        button.click()
        expect(page.locator("#bibtex .copied")).to_have_text(re.compile(".+"))


def test_check_a_certificate(reader: Reader) -> None:
    page = reader.open(f"{YEAR}/awards/tourism/")
    link = page.locator("main a[href*='/certificates/']").first
    number = link.get_attribute("href").split("/certificates/")[1].split("/")[0]
    page = reader.open("/certificates/")
    page.locator("main input[type=text], main input[type=search], main input:not([type])").first.fill(
        number.lower()
    )
    page.locator("main form button").first.click()
    assert reader.is_at(f"/certificates/{number}/")
    expect(page.locator("main")).to_contain_text(number)
    badge = reader.fetch(f"/badges/{number}.svg")
    assert (badge.status, badge.headers["content-type"].split(";")[0]) == (200, "image/svg+xml")
    assert reader.fetch(f"/certificates/{number}/certificate.pdf").body().startswith(b"%PDF")


def test_change_the_language_and_stay(reader: Reader) -> None:
    other = "" if reader.language else "/en"
    page = reader.open(PREFECTURES)
    page.locator("header a.language").click()
    assert page.url.split("?")[0] == f"{reader.site}{other}{PREFECTURES}"
    expect(page.locator("html")).to_have_attribute("lang", "en" if other else "zh-Hans")


def test_feeds_and_the_map_of_the_site_are_there(reader: Reader) -> None:
    reader.open("/")
    for path in ("/feed/", "/errata/feed/"):
        answer = reader.fetch(f"{reader.language}{path}")
        assert answer.status == 200
        assert "<entry>" in answer.text()
    sitemap = reader.fetch("/sitemap.xml")
    assert sitemap.status == 200
    assert "Sitemap:" in reader.fetch("/robots.txt").text()


def test_print_a_table(reader: Reader) -> None:
    page = reader.open(PREFECTURES)
    page.emulate_media(media="print")
    expect(page.locator("header nav.menu")).to_be_hidden()
    expect(page.locator("table.scores tbody tr").last).to_be_visible()
    expect(page.locator("footer .printed")).to_contain_text("/editions/2023/")
