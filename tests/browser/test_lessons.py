"""The lesson pages in a real browser: by keyboard alone, heard, printed, for everyone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from explainer.publish import notebooks
from explainer.publish.index import write_index
from tests.browser.conftest import Watched, assert_accessible, shown_at

pytestmark = pytest.mark.browser

CHAPTERS = [chapter.slug for chapter in notebooks.chapters()]
FIRST = CHAPTERS[0]
KINDS = ["lesson", "worksheet", "answers", "quiz"]
# Every kind of the first chapter in every light and width; the others once.
EVERY = [(FIRST, kind, width, scheme) for kind in KINDS for width in (320, 1280)
         for scheme in ("light", "dark")]  # fmt: skip
OTHERS = [(slug, kind, 1280, "light") for slug in CHAPTERS[1:] for kind in KINDS]


@pytest.fixture
def quiz(lessons: Path, watched: Watched) -> Page:
    return watched.open(lessons / f"{FIRST}.quiz.html")


@pytest.mark.parametrize(("slug", "kind", "width", "scheme"), [*EVERY, *OTHERS])
def test_page_is_accessible(
    lessons: Path, browser: Browser, slug: str, kind: str, width: int, scheme: str
) -> None:
    with shown_at(browser, lessons / f"{slug}.{kind}.html", width, scheme) as page:
        if kind == "quiz":  # with right and wrong replies shown
            for place, form in enumerate(page.locator("form.item").all()):
                form.locator("input").nth(place % 3).check()
                form.get_by_role("button").click()
        assert_accessible(page)


@pytest.mark.parametrize("slug", CHAPTERS)
@pytest.mark.parametrize("kind", KINDS)
def test_page_reaches_nothing_and_links_lead_somewhere(
    lessons: Path, watched: Watched, slug: str, kind: str
) -> None:
    page = watched.open(lessons / f"{slug}.{kind}.html")
    page.wait_for_load_state("networkidle")
    assert [url for url in watched.requests if not url.startswith(("file:", "data:"))] == []
    assert watched.complaints == []
    ids = page.eval_on_selector_all("[id]", "all => all.map((e) => e.id)")
    assert len(ids) == len(set(ids))
    anchors = page.eval_on_selector_all("a[href^='#']", "all => all.map((a) => a.hash.slice(1))")
    assert set(anchors) <= set(ids)
    files = page.eval_on_selector_all("a", "all => all.map((a) => a.getAttribute('href'))")
    near = {file.split("#")[0] for file in files if not re.match(r"https?:|#", file)}
    reports = {f"{chapter}{kind}.html" for chapter in CHAPTERS for kind in ("", ".slides")}
    assert all(file in reports or (lessons / file).exists() for file in near)


@pytest.mark.parametrize("slug", CHAPTERS)
def test_links_of_a_lesson_meet_places_of_the_report(
    lessons: Path, exports: Path, watched: Watched, slug: str
) -> None:
    page = watched.open(lessons / f"{slug}.lesson.html")
    links = page.eval_on_selector_all("a", "all => all.map((a) => a.getAttribute('href'))")
    named = [link for link in links if re.search(r"(?<!\.slides)\.html#", link)]
    for file, anchor in {tuple(link.split("#")) for link in named}:
        assert f'id="{anchor}"' in (exports / file).read_text(encoding="utf-8"), anchor


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("slug", CHAPTERS)
def test_page_never_scrolls_sideways(lessons: Path, watched: Watched, slug: str, kind: str) -> None:
    page = watched.open(lessons / f"{slug}.{kind}.html")
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1280])
def test_the_landing_page_leads_to_them(
    lessons: Path, exports: Path, watched: Watched, tmp_path: Path, width: int
) -> None:
    for file in (*exports.glob("*.html"), *lessons.glob("*.html")):
        shutil.copy(file, tmp_path)
    watched.page.set_viewport_size({"width": width, "height": 800})
    page = watched.open(write_index(tmp_path))
    assert_accessible(page)
    assert page.locator(".card").count() == len(CHAPTERS)
    assert page.get_by_text("In class, begin with a lesson plan").is_visible()
    kinds = {
        "lesson": "Lesson plan (50 minutes)",
        "answers": "Answers",
        "worksheet": "Worksheet",
        "quiz": "Quiz",
    }
    for kind, name in kinds.items():
        page.get_by_role("link", name=f"{name}:").first.click()
        assert page.url.endswith(f"{FIRST}.{kind}.html")
        page.go_back()


def tab_until(page: Page, script: str) -> None:
    """Press Tab until what has the focus fits; forty stops are plenty."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(f"(() => {{ const e = document.activeElement; return {script}; }})()"):
            return
    raise AssertionError(f"the keyboard does not reach {script}")


def spoken(page: Page, number: int) -> str:
    """What a screen reader says of an item's reply, hidden words with it."""
    return page.locator(f"#item-{number} [role=status]").text_content() or ""


def choose(page: Page, number: int, place: int) -> str:
    """Answer an item by keyboard alone, and give what is spoken."""
    tab_until(page, f"e.name === 'q{number}'")
    options = page.locator(f"#item-{number} input").count()
    chosen = f"document.querySelectorAll('#item-{number} input')[{place}].checked"
    page.keyboard.press("Space")
    for _ in range(options):
        if page.evaluate(chosen):
            break
        page.keyboard.press("ArrowDown")
    assert page.evaluate(chosen)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("Check")
    page.keyboard.press("Enter")
    return spoken(page, number)


def key_of(lessons: Path, slug: str) -> list[str]:
    """The right answers, as the teacher's page has them."""
    answers = (lessons / f"{slug}.answers.html").read_text(encoding="utf-8")
    return re.findall(r"<strong>Right: (.*?)</strong>", answers, re.S)


def place_of(quiz: Page, number: int, text: str) -> int:
    """Where an option stands in its item."""
    return [_html(option) for option in quiz.locator(f"#item-{number} .option > span").all()].index(
        text
    )


def _html(option: Locator) -> str:
    return option.inner_html().strip()


def test_the_quiz_is_walked_by_keyboard_alone_and_scores(lessons: Path, quiz: Page) -> None:
    key = key_of(lessons, FIRST)
    assert len(key) == quiz.locator("form.item").count() == 5
    for number, right in enumerate(key, start=1):
        place = place_of(quiz, number, right)
        if number == 2:  # a wrong one first
            said = choose(quiz, number, (place + 1) % 3)
            assert said.startswith("✗ Not this one.")
            assert len(said) > 60  # it says why
            assert "1 of 2 right at the first try; 3 to go." in said
            quiz.keyboard.press("Shift+Tab")
            quiz.locator(f"#item-{number} input").nth(place).press("Space")
            quiz.keyboard.press("Enter")  # in an option, Enter checks too
            assert spoken(quiz, number).startswith("✓ Right.")
        else:
            assert choose(quiz, number, place).startswith("✓ Right.")
    score = quiz.locator("#score")
    assert score.inner_text() == "4 of 5 right at the first try. That was the last question."
    tab_until(quiz, "e.id === 'again'")
    quiz.keyboard.press("Enter")
    assert not score.is_visible()
    assert quiz.locator("input:checked").count() == 0
    assert quiz.evaluate("document.activeElement.name") == "q1"
    assert spoken(quiz, 2) == ""


@pytest.mark.parametrize("slug", CHAPTERS)
def test_exactly_the_key_is_marked_right_and_each_option_explained(
    lessons: Path, watched: Watched, slug: str
) -> None:
    quiz = watched.open(lessons / f"{slug}.quiz.html")
    for number, right in enumerate(key_of(lessons, slug), start=1):
        form = quiz.locator(f"#item-{number}")
        replies = []
        for place, option in enumerate(form.locator("input").all()):
            option.check()
            form.get_by_role("button").click()
            said = spoken(quiz, number)
            is_right = place == place_of(quiz, number, right)
            assert said.startswith("✓ Right." if is_right else "✗ Not this one.")
            replies.append(re.sub(r"\d+ of \d+ right at.*", "", said))
        assert len(set(replies)) == len(replies) >= 3
        assert all(len(reply) > 25 for reply in replies)


def test_what_was_said_goes_when_another_option_is_chosen(quiz: Page) -> None:
    options = quiz.locator("#item-1 input")
    options.first.check()
    quiz.locator("#item-1").get_by_role("button").click()
    assert spoken(quiz, 1)
    options.nth(1).check()
    assert spoken(quiz, 1) == ""


@pytest.mark.parametrize("slug", CHAPTERS)
def test_boxes_of_the_worksheet_are_on_a_phones_screen(
    lessons: Path, browser: Browser, slug: str
) -> None:
    with shown_at(browser, lessons / f"{slug}.worksheet.html", 320, "light") as page:
        boxes = page.locator(".claims tbody td")
        assert boxes.count() == 6 * page.locator(".claims tbody tr").count() >= 12
        for box in boxes.all():
            place = box.bounding_box()
            assert place is not None
            assert 0 <= place["x"] < place["x"] + place["width"] <= 320
        words = page.evaluate(
            """[...document.querySelectorAll('.claims tbody tr:first-child td')].map(
               (box) => getComputedStyle(box, '::after').content)"""
        )
        assert words == ['" agree"', '" disagree"', '" not sure"'] * 2


def test_the_letters_of_the_news_check_are_on_a_phones_screen(
    lessons: Path, browser: Browser
) -> None:
    (file,) = lessons.glob("04-*.worksheet.html")
    with shown_at(browser, file, 390, "light") as page:
        letters = page.locator("td:empty + td")
        assert letters.count() >= 20
        for place in (one.bounding_box() for one in letters.all()):
            assert place is not None
            assert 0 <= place["x"] < place["x"] + place["width"] <= 390


def test_nothing_chosen_is_said_and_counts_nothing(quiz: Page) -> None:
    quiz.locator("#item-1").get_by_role("button").press("Enter")
    assert spoken(quiz, 1) == "Choose an answer first."
    assert not quiz.locator("#score").is_visible()


def test_the_quiz_keeps_nothing_of_a_pupil(quiz: Page) -> None:
    before = quiz.url
    quiz.locator("#item-1 input").first.check()
    quiz.locator("#item-1").get_by_role("button").click()
    assert quiz.url == before
    assert quiz.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0, 0, ""
    ]  # fmt: skip
    quiz.reload()
    assert quiz.locator("input:checked").count() == 0
    assert spoken(quiz, 1) == ""


def test_without_scripts_the_questions_still_stand(lessons: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((lessons / f"{FIRST}.quiz.html").as_uri())
    assert page.locator("form.item input").count() >= 15
    assert not page.locator(".check").first.is_visible()
    assert page.get_by_text("only where scripts may run").is_visible()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_paper_shows_what_is_to_be_filled_in_and_no_buttons(
    lessons: Path, watched: Watched, kind: str
) -> None:
    page = watched.open(lessons / f"{FIRST}.{kind}.html")
    if kind == "quiz":
        page.locator("#item-1 input").first.check()
        page.locator("#item-1").get_by_role("button").click()
    page.emulate_media(media="print")
    assert page.get_by_role("button").count() == 0
    if kind in ("worksheet", "quiz"):
        assert page.get_by_text("Name").first.is_visible()
    if kind == "quiz":
        assert not page.locator(".reply").first.is_visible()
    if kind == "worksheet":
        line = page.locator(".question .write i").first.bounding_box()
        assert line is not None
        assert line["height"] >= 26  # 7 mm: room for a pencil
        assert page.locator("figure.sheet svg").first.is_visible()


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("slug", CHAPTERS)
def test_a_worksheet_fits_on_few_sheets(
    lessons: Path, watched: Watched, slug: str, size: str
) -> None:
    import io

    from pypdf import PdfReader

    most = 3 if slug.startswith("04") or size == "Letter" else 2  # 04 has a card and its claims
    page = watched.open(lessons / f"{slug}.worksheet.html")
    assert 1 <= len(PdfReader(io.BytesIO(page.pdf(format=size))).pages) <= most


def test_the_years_to_draw_are_not_shown_on_the_page_to_draw_on(
    lessons: Path, watched: Watched
) -> None:
    import io

    from pypdf import PdfReader

    (file,) = lessons.glob("06-*.worksheet.html")
    pages = PdfReader(io.BytesIO(watched.open(file).pdf(format="A4"))).pages
    first, second = (page.extract_text() for page in pages)
    assert "Draw before you look" in first
    assert "Source:" not in first  # of the picture that tells
    assert "Source:" in second


def test_the_teacher_can_type_a_helpline_and_print_it(lessons: Path, watched: Watched) -> None:
    page = watched.open(lessons / f"{FIRST}.lesson.html")
    page.get_by_label("Helpline").fill("School nurse, room two")
    assert page.get_by_label("Curriculum standards").input_value() == ""
    page.emulate_media(media="print")
    assert page.get_by_label("Helpline").is_visible()
