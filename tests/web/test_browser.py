"""The reading room in a real browser, with scripts and without."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from .conftest import Seen, seen_in

PAGES = (
    "/", "/search?words=troops", "/figures?words=troops", "/timeline?words=troops", "/check", "/review", "/document?name=D09&compare=true",
    "/source?name=Rutte", "/failures",
)  # fmt: skip


@pytest.mark.parametrize("scripts", [True, False])
def test_a_document_is_found_and_read(chromium: Browser, address: str, scripts: bool) -> None:
    seen = seen_in(chromium, address, scripts=scripts)
    seen.open("/")
    seen.page.get_by_label("Find").fill("Kursk troops")
    seen.page.get_by_role("button", name="Search").click()
    found = seen.page.locator(".what a").first
    words = found.inner_text()
    seen.page.locator(".assertion .quiet a").first.click()

    expect(seen.page.locator("#here")).to_be_in_viewport()
    assert words[:30] in seen.page.locator("main").inner_text()
    seen.page.get_by_role("button", name="Compare with the rest of the ledger").click()
    expect(seen.page.locator("article.claim .verdict").first).to_be_visible()
    assert seen.wrong == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_figure_leads_to_its_sentence(chromium: Browser, address: str, scripts: bool) -> None:
    seen = seen_in(chromium, address, scripts=scripts)
    seen.open("/figures?words=troops")
    row = seen.page.locator("tbody tr").first
    said = row.locator(".n").inner_text()
    row.locator("a").first.click()

    expect(seen.page.locator("#here")).to_be_in_viewport()
    assert said in " ".join(seen.page.locator("mark.here").all_inner_texts())
    assert seen.wrong == []


def test_a_point_of_the_chart_leads_to_its_sentence(chromium: Browser, address: str) -> None:
    seen = seen_in(chromium, address)
    seen.open("/figures?words=troops")
    chart = next(frame for frame in seen.page.frames if "/figures.svg" in frame.url)
    chart.locator("a path").first.click()

    expect(seen.page.locator("#here")).to_be_in_viewport()
    assert seen.wrong == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_pasted_text_is_checked_and_not_kept(chromium: Browser, address: str, scripts: bool) -> None:
    seen = seen_in(chromium, address, scripts=scripts)
    seen.open("/check")
    seen.page.get_by_label("Text").fill(
        "South Korea's spy agency said 12,000 North Korean troops had been sent to Russia. I think the war will be lost."
    )
    seen.page.get_by_role("button", name="Check").click()

    expect(seen.page.locator(".lead .verdict").first).to_be_visible()
    expect(seen.page.locator("mark.content").first).to_contain_text("12,000")
    seen.open("/")
    expect(seen.page.locator(".lead").first).to_contain_text("25 documents")
    assert seen.wrong == []


def test_ten_are_decided_by_key_and_one_is_undone(chromium: Browser, address: str) -> None:
    seen = seen_in(chromium, address)
    seen.open("/review")
    for number in range(10):
        pair = seen.page.locator('button[value="merge"]').count()
        seen.page.keyboard.press(("m", "p")[number % 2] if pair else ("a", "n")[number % 2])
        expect(seen.page.locator(".history > li")).to_have_count(number + 1)
    seen.page.keyboard.press("?")
    expect(seen.page.locator("#help")).to_be_visible()
    seen.page.keyboard.press("Escape")
    seen.page.keyboard.press("u")

    expect(seen.page.locator(".history > li")).to_have_count(11)
    expect(seen.page.locator(".history > li.undone")).to_have_count(1)
    assert seen.wrong == []


def open_an_assertion_to_decide(seen: Seen) -> None:
    """Open the queue, and skip the pairs in it."""
    seen.open("/review")
    while seen.page.locator('button[value="merge"]').count():
        done = seen.page.locator(".history > li").count()
        seen.page.keyboard.press("s")
        expect(seen.page.locator(".history > li")).to_have_count(done + 1)


def test_a_wrong_source_is_set_right_by_key(chromium: Browser, address: str) -> None:
    seen = seen_in(chromium, address)
    open_an_assertion_to_decide(seen)
    seen.page.keyboard.press("w")
    seen.page.keyboard.type("The mayor of Garissa")
    seen.page.keyboard.press("Enter")

    expect(seen.page.locator(".history > li").first).to_contain_text("wrong source: The mayor of Garissa")
    assert seen.wrong == []


def test_over_every_link_nothing_goes_wrong_and_nothing_leaves(chromium: Browser, address: str) -> None:
    seen = seen_in(chromium, address)
    known, waiting = {"/"}, ["/"]
    while waiting:
        seen.open(waiting.pop())
        out = seen.page.eval_on_selector_all("a[rel]", "all => all.map(a => a.protocol + a.rel)")
        assert set(out) <= {"https:noopener noreferrer", "http:noopener noreferrer"}
        links = seen.page.eval_on_selector_all("a[href]:not([rel])", "all => all.map(a => a.href)")
        for link in links:
            assert link.startswith(address), link
            path = re.sub(r"&at=\d+|#.*", "", link.removeprefix(address))
            if path not in known and _leads_on(path):
                known.add(path)
                waiting.append(path)
    assert len(known) > 200
    assert seen.wrong == []


def _leads_on(path: str) -> bool:
    """Whether a page is behind an address, and a search is narrowed in one way at most: the combinations have no end."""
    parts = urlsplit(path)
    narrowed = {"words", "source", "outlet", "act"} & dict(parse_qsl(parts.query)).keys()
    return not re.search(r"\.(csv|jsonl?|geojson|svg|png|pdf)$", parts.path) and len(narrowed) < 2


@pytest.mark.parametrize("dark", [False, True])
def test_no_page_has_a_serious_fault_of_access(chromium: Browser, address: str, dark: bool) -> None:
    seen = seen_in(chromium, address, dark=dark)
    seen.open("/search?words=troops")
    claim = seen.page.locator(".what a").first.get_attribute("href")
    for path in (*PAGES, claim or ""):
        seen.open(path)
        faults = _faults(seen)
        assert faults == [], path


def _faults(seen: Seen) -> list[str]:
    found = Axe().run(seen.page).response["violations"]
    return [f"{f['id']}: {f['nodes'][0]['html'][:200]}" for f in found if f["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone(chromium: Browser, address: str, path: str) -> None:
    seen = seen_in(chromium, address, width=390)
    seen.open(path)

    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_chart_is_dark_on_a_dark_screen_and_narrow_on_a_telephone(chromium: Browser, address: str) -> None:
    fill = "getComputedStyle(document.querySelector('object.across').contentDocument.querySelector('[fill=\"#ffffff\"]')).fill"
    for dark, colour in ((False, "rgb(255, 255, 255)"), (True, "rgb(25, 25, 25)")):
        seen = seen_in(chromium, address, dark=dark)
        with seen.page.expect_response(lambda answer: "/figures.svg" in answer.url):
            seen.open("/figures?words=troops")
        seen.page.wait_for_load_state("networkidle")
        assert seen.page.evaluate(fill) == colour
        assert seen.wrong == []
    seen = seen_in(chromium, address, width=390)
    with seen.page.expect_response(lambda answer: "/figures.svg" in answer.url) as drawn:
        seen.open("/figures?words=troops")

    assert "narrow=true" in drawn.value.url
    expect(seen.page.locator("object.across")).to_be_hidden()


def test_the_day_of_knowledge_can_be_slid(chromium: Browser, address: str) -> None:
    seen = seen_in(chromium, address)
    seen.open("/figures?words=troops")
    slider = seen.page.get_by_label("As known on, day by day")
    rows = seen.page.locator("tbody tr").count()
    slider.focus()
    seen.page.keyboard.press("Home")

    seen.page.wait_for_url("**as_of=*")
    assert seen.page.locator("tbody tr").count() < rows
    assert seen.wrong == []


def test_drawing_over_the_timeline_chooses_days_for_the_list_too(chromium: Browser, address: str) -> None:
    seen = seen_in(chromium, address)
    seen.open("/timeline?words=troops")
    days = seen.page.locator("h2 time").all_inner_texts()
    chart = next(frame for frame in seen.page.frames if "/timeline.svg" in frame.url)
    bar = chart.locator(f'[aria-label^="{days[1]}"]').first.bounding_box()
    assert bar is not None
    seen.page.mouse.move(bar["x"] + 1, bar["y"])
    seen.page.mouse.down()
    seen.page.mouse.move(bar["x"] + 2, bar["y"] + 5)
    seen.page.mouse.up()

    seen.page.wait_for_url("**since=*")
    assert seen.page.locator("h2 time").all_inner_texts() == [days[1]]
    assert seen.wrong == []


def test_links_keep_the_day_that_was_asked_for(chromium: Browser, address: str) -> None:
    seen = seen_in(chromium, address)
    seen.open("/search?words=troops&as_of=2024-10-25")
    narrowed = seen.page.locator("aside ul").nth(1).locator("a").first.get_attribute("href") or ""
    claim = seen.page.locator(".what a").first.get_attribute("href") or ""

    for link in (narrowed, claim):
        assert dict(parse_qsl(urlsplit(link).query))["as_of"] == "2024-10-25"


def test_words_selected_in_the_sentence_become_the_span(chromium: Browser, address: str) -> None:
    seen = seen_in(chromium, address)
    open_an_assertion_to_decide(seen)
    chosen = seen.page.evaluate(
        """() => {
            const words = document.querySelector("[data-start]").firstChild, range = document.createRange();
            range.setStart(words, 4);
            range.setEnd(words, 24);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return range.toString();
        }"""
    )
    seen.page.keyboard.press("c")

    expect(seen.page.locator(".history > li").first).to_contain_text("correct the span")
    words = seen.page.request.get(f"{address}/review.json").json()["history"][0]
    found = seen.page.request.get(f"{address}/document.json", params={"name": words["document_id"]}).json()
    assert chosen in [a["content"] for a in found["assertions"]]
    assert seen.wrong == []
