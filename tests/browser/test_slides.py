"""The decks, opened from disk in a real browser with the network off, as in a classroom."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page
from pypdf import PdfReader

from explainer.publish import notebooks
from explainer.publish.build import export
from tests.browser.conftest import RULES, Watched
from tests.browser.live_page import Moved

pytestmark = pytest.mark.browser

CHAPTERS = [chapter.slug for chapter in notebooks.chapters()]
READY = "window.Reveal && Reveal.isReady()"
MOST_WORDS = 40
LEAST_POINTS = 20
LARGEST = 1_800_000  # bytes of a deck with live pictures
LIVE = [
    ("01-global-epidemic", "tub-explorer"), ("01-global-epidemic", "data-explorer"),
    ("02-remission-timeline", "remission-explorer"), ("03-ccr5-donors", "genotype-explorer"),
    ("03-ccr5-donors", "donor-explorer"), ("06-bending-the-curve", "scenario-explorer"),
]  # fmt: skip

# Everything on a slide: its words without those of its picture, the words' sizes in points, and
# what sticks out of the screen.
LOOK = """() => {
  const slide = Reveal.getCurrentSlide();
  const layers = [...slide.querySelectorAll(".layer")].filter(
    (layer) => getComputedStyle(layer).visibility !== "hidden");
  const found = { id: slide.id, words: "", small: [], out: [], heads: 0, pictures: 0, crossed: [] };
  for (const layer of layers) {
    const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
      if (!text || element.closest("title, desc, style, script, option")) continue;
      // A live picture hides its default state, and only reads out its sentence.
      if (!element.checkVisibility() || element.offsetWidth === 1) continue;
      const svg = element.closest("svg");
      const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
      const points = parseFloat(getComputedStyle(element).fontSize) * scale * 0.75;
      if (points < LEAST) found.small.push([text, points]);
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      const box = range.getBoundingClientRect();
      if (box.left < 0 || box.top < 0 || box.right > 1280 || box.bottom > 720) found.out.push(text);
      if (!element.closest("figure")) found.words += " " + text;
    }
    const heading = layer.querySelector("h2"), pictures = [
      ...layer.querySelectorAll("figure svg")].filter((svg) => svg.checkVisibility());
    const [picture] = pictures;
    found.heads += layer.querySelectorAll("h2").length;
    found.pictures += pictures.length;
    if (picture && heading.getBoundingClientRect().bottom > picture.getBoundingClientRect().top)
      found.crossed.push(heading.textContent);
  }
  return found;
}""".replace("LEAST", str(LEAST_POINTS - 0.01))


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with every chapter's slides, each beside its report and its lesson."""
    folder = tmp_path_factory.mktemp("decks")
    outcome = export(CHAPTERS, formats=["html", "slides", "lesson"], out=folder)
    assert outcome.failures == ()
    return folder


@pytest.fixture
def screen(watched: Watched) -> Watched:
    """A projector's screen."""
    watched.page.set_viewport_size({"width": 1280, "height": 720})
    watched.page.emulate_media(reduced_motion="reduce")
    return watched


def until(page: Page | Frame, condition: str) -> None:
    """Wait for a condition; the page's policy forbids the browser to evaluate one by itself."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {condition}")


def opened(watched: Watched, folder: Path, name: str = CHAPTERS[0], query: str = "") -> Page:
    """The deck, ready to be shown."""
    watched.page.goto((folder / f"{name}.slides.html").as_uri() + query)
    until(watched.page, READY)
    return watched.page


def steps(page: Page) -> Iterator[Any]:
    """What the room sees after each press of the arrow key, from the first slide to the last."""
    yield page.evaluate(LOOK)
    while not page.evaluate("Reveal.isLastSlide() && !Reveal.availableFragments().next"):
        page.keyboard.press("ArrowRight")
        yield page.evaluate(LOOK)


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_slide_is_short_large_and_whole(decks: Path, screen: Watched, name: str) -> None:
    page = opened(screen, decks, name)
    seen = list(steps(page))
    assert 12 <= len({step["id"] for step in seen}) <= 20
    for step in seen:
        assert len(step["words"].split()) <= MOST_WORDS, step
        assert step["small"] == [], step["id"]
        assert step["out"] == [], step["id"]
        assert step["crossed"] == []
        assert step["heads"] == 1, step["id"]
        assert step["pictures"] <= 1, step["id"]
    assert sum(step["pictures"] for step in seen) >= 4
    assert page.locator(".scrolls, [style*='--size'], [style*='--wide']").count() == 0, "all fits"
    assert screen.complaints == []
    assert [url for url in screen.requests if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_class_predicts_before_it_sees(decks: Path, screen: Watched, name: str) -> None:
    seen = list(steps(opened(screen, decks, name)))
    turned = [
        (before["words"], after["words"])
        for before, after in pairwise(seen) if before["id"] == after["id"]
    ]  # fmt: skip
    assert len(turned) >= 2
    assert all(question.split()[:6] != answer.split()[:6] for question, answer in turned)


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_step_is_accessible(decks: Path, screen: Watched, name: str) -> None:
    page = opened(screen, decks, name)
    for _ in steps(page):
        results = Axe().run(page, options=RULES)
        assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("name", CHAPTERS)
def test_pictures_are_described_and_ids_are_unique(decks: Path, screen: Watched, name: str) -> None:
    page = opened(screen, decks, name)
    for figure in page.locator("figure.chart").all():
        assert re.search(r"\d", figure.locator("svg desc").first.text_content() or "")
    ids = page.eval_on_selector_all("[id]", "all => all.map((e) => e.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", CHAPTERS)
def test_most_slides_have_notes_and_no_slide_shows_them(
    decks: Path, screen: Watched, name: str
) -> None:
    page = opened(screen, decks, name)
    notes = page.locator("section > aside.notes")
    assert notes.count() >= page.evaluate("Reveal.getTotalSlides()") * 2 // 3
    assert all(not note.is_visible() for note in notes.all())


def to_live(watched: Watched, folder: Path, name: str, figure: str) -> Moved:
    """The slide that shows a live picture."""
    page = opened(watched, folder, name)
    here = f"document.querySelector('figure.live[data-name=\"{figure}\"]').closest('section').id"
    page.evaluate(f"location.hash = '#/' + {here}")
    until(page, f"Reveal.getCurrentSlide().id === {here}")
    return Moved(page, figure)


@pytest.mark.parametrize(("name", "figure"), LIVE)
def test_keys_move_a_live_picture_and_never_the_slide(
    decks: Path, screen: Watched, name: str, figure: str
) -> None:
    moved = to_live(screen, decks, name, figure)
    page, drawn = moved.page, moved.figure.locator(".stage svg")
    here = page.evaluate("Reveal.getIndices()")
    changed = 0
    for control in moved.figure.locator("[data-param]").all():
        opens = control.evaluate("(control) => control.tagName === 'SELECT'")  # a list, with space
        for key in ("ArrowLeft", "ArrowUp", "End", "Home", "PageUp", *([] if opens else " ")):
            before = drawn.inner_html()
            control.press(key)
            moved.signals()
            changed += drawn.inner_html() != before
            assert page.evaluate("[Reveal.getIndices(), Reveal.isOverview()]") == [here, False]
    assert changed >= 2
    assert not moved.figure.locator(".picture").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("Reveal.getIndices().h") == here["h"] + 1, "Escape gives the keys back"
    assert [url for url in screen.requests if not url.startswith(("file:", "data:"))] == []
    assert screen.complaints == []


@pytest.mark.parametrize("query", ["", "?print-pdf"])
@pytest.mark.parametrize(("name", "figure"), LIVE)
def test_live_picture_prints_its_default_state(
    decks: Path, screen: Watched, name: str, figure: str, query: str
) -> None:
    page = opened(screen, decks, name, query=query)
    if query:
        page.wait_for_selector(".pdf-page")
    else:
        page.wait_for_selector("figure.live.is-live", state="attached")
        page.emulate_media(media="print")
    live = page.locator(f'figure.live[data-name="{figure}"]')
    assert live.locator(".picture svg").is_visible()
    assert not live.locator(".panel").is_visible()


@pytest.mark.parametrize("name", CHAPTERS)
def test_deck_is_small_enough_to_send(decks: Path, name: str) -> None:
    page = (decks / f"{name}.slides.html").read_text(encoding="utf-8")
    assert len(page.encode()) <= LARGEST
    assert page.count("window.vegaEmbed=") == (name in dict(LIVE)), "only where a slide is live"


def test_arrows_lead_on_and_back_and_the_address_follows(decks: Path, screen: Watched) -> None:
    page = opened(screen, decks)
    where = "[Reveal.getCurrentSlide().id, Reveal.getIndices().f ?? null]"
    pressed = 0
    while page.evaluate(where)[1] != 0 and pressed < 10:
        page.keyboard.press("ArrowRight")
        pressed += 1
    here = page.evaluate(where)
    assert here == ["slide-predict-tub", 0], "the press after the question answers"
    until(page, f"location.hash === '#/{here[0]}/0'")
    page.reload()
    until(page, READY)
    assert page.evaluate(where) == here
    for _ in range(pressed):
        page.keyboard.press("ArrowLeft")
    assert page.evaluate("Reveal.getCurrentSlide().id") == "title"


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_lesson_leads_to_the_deck_and_to_its_slides(
    decks: Path, screen: Watched, name: str
) -> None:
    screen.open(decks / f"{name}.lesson.html")
    links = screen.page.locator("a[href*='.slides.html']")
    hrefs = dict.fromkeys(link.get_attribute("href") or "" for link in links.all())
    assert f"{name}.slides.html" in hrefs
    with screen.page.expect_popup() as opening:
        screen.page.locator("a[target=slides]").first.click()
    numbers = {}
    for href in hrefs:
        link = screen.page.locator(f"a[href='{href}'][target=slides]").first
        deck = opening.value if link.count() else screen.page  # one window for all of them
        words = link.inner_text() if link.count() else ""
        screen.page.locator(f"a[href='{href}']").first.click()
        asked = href.partition("#/")[2] or "title"
        until(deck, f"{READY} && Reveal.getCurrentSlide().id === '{asked}'")
        numbers[words] = deck.evaluate("Reveal.getSlidePastCount() + 1")
        if deck is screen.page:
            screen.open(decks / f"{name}.lesson.html")
    assert all(words.endswith(f"({number})") for words, number in numbers.items() if words)


@pytest.mark.parametrize("name", CHAPTERS)
def test_overview_opens_and_closes_by_key(decks: Path, screen: Watched, name: str) -> None:
    page = opened(screen, decks, name)
    page.keyboard.press("o")
    assert page.evaluate("Reveal.isOverview()")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    assert not page.evaluate("Reveal.isOverview()")
    assert page.evaluate("Reveal.getIndices().h") == 1
    assert screen.complaints == []


def test_finger_turns_the_slides(decks: Path, browser: Browser) -> None:
    context = browser.new_context(
        offline=True, has_touch=True, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto((decks / f"{CHAPTERS[0]}.slides.html").as_uri())
    until(page, READY)
    finger = context.new_cdp_session(page)
    for kind, x in (("touchStart", 300), ("touchMove", 200), ("touchMove", 90), ("touchEnd", None)):
        points = [] if x is None else [{"x": x, "y": 400}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    until(page, "Reveal.getIndices().h === 1")
    context.close()


def test_speaker_has_notes_previews_and_clock_in_a_window_of_their_own(
    decks: Path, screen: Watched
) -> None:
    page = opened(screen, decks)
    page.keyboard.press("ArrowRight")
    with page.expect_popup() as opening:
        page.keyboard.press("s")
    window = opening.value
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    window.on("pageerror", lambda error: said.append(str(error)))
    notes = window.locator(".speaker-controls-notes .value")
    notes.get_by_text("newspaper").wait_for()
    until(window, "document.querySelectorAll('iframe').length === 2")
    assert window.locator(".clock-value").inner_text().strip()
    previews = [frame for frame in window.frames if "receiver" in frame.url]
    assert len(previews) == 2
    for preview in previews:
        until(preview, READY)
    page.bring_to_front()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    notes.get_by_text("tub on the board").wait_for()
    now = page.evaluate("Reveal.getCurrentSlide().id")
    until(previews[0], f"Reveal.getCurrentSlide().id === '{now}'")
    assert (said, screen.complaints) == ([], [])


def on_paper(watched: Watched, folder: Path, name: str) -> PdfReader:
    """The deck as the browser prints it."""
    page = opened(watched, folder, name, query="?print-pdf")
    page.wait_for_selector(".pdf-page")
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))


@pytest.mark.parametrize("name", CHAPTERS)
def test_deck_prints_a_page_a_step(decks: Path, screen: Watched, name: str) -> None:
    n_steps = len(list(steps(opened(screen, decks, name))))
    paper = on_paper(screen, decks, name)
    assert len(paper.pages) == n_steps
    assert {tuple(round(side) for side in sheet.mediabox[2:]) for sheet in paper.pages} == {
        (960, 540)
    }, "1280 by 720 pixels, in points"
    assert screen.complaints == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_printed_pictures_are_not_cut_away(decks: Path, screen: Watched, name: str) -> None:
    page = opened(screen, decks, name, query="?print-pdf")
    page.wait_for_selector(".pdf-page")
    cutters = "[...document.querySelectorAll('figure svg clipPath *')]"
    assert page.evaluate(f"{cutters}.length") > 0
    hidden = f"{cutters}.filter((e) => getComputedStyle(e).visibility !== 'visible').length"
    assert page.evaluate(hidden) == 0, "what is hidden cuts everything away"


def test_question_and_answer_are_printed_apart(decks: Path, screen: Watched) -> None:
    paper = on_paper(screen, decks, CHAPTERS[0])
    question, answer = (" ".join(paper.pages[place].extract_text().split()) for place in (4, 5))
    assert "What does the water do?" in question
    assert "the tap still ran faster" not in question
    assert "the tap still ran faster" in answer
    assert "What does the water do?" not in answer


@pytest.mark.parametrize(("wish", "transition"), [("reduce", "none"), ("no-preference", "fade")])
def test_slides_move_only_for_those_who_do_not_mind(
    decks: Path, watched: Watched, wish: Any, transition: str
) -> None:
    watched.page.emulate_media(reduced_motion=wish)
    page = opened(watched, decks)
    assert page.evaluate("Reveal.getConfig().transition") == transition
    moves = page.evaluate(
        "[...document.querySelectorAll('.reveal *')]"
        ".some((e) => parseFloat(getComputedStyle(e).transitionDuration) > 0)"
    )
    assert moves is (wish == "no-preference")


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768), (390, 844)])
def test_slide_fits_every_screen(decks: Path, screen: Watched, size: tuple[int, int]) -> None:
    width, height = size
    screen.page.set_viewport_size({"width": width, "height": height})
    page = opened(screen, decks)
    box = page.locator("section.present").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= width + 1
    assert box["y"] + box["height"] <= height + 1
    assert max(box["width"] / width, box["height"] / height) > 0.98


def test_landing_page_leads_to_the_slides(decks: Path, watched: Watched) -> None:
    page = watched.open(decks / "index.html")
    cards = page.locator(".card")
    assert cards.count() == len(CHAPTERS)
    cards.first.get_by_role("link", name="Slides:").click()
    until(page, READY)
    assert page.url.startswith((decks / f"{CHAPTERS[0]}.slides.html").as_uri())
