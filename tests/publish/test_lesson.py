"""A lesson's pages: each audience gets what is meant for it, and pupils get no answer."""

from __future__ import annotations

import base64
import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from explainer import charts, paths
from explainer.charts import style, svg
from explainer.errors import ExplainerError
from explainer.publish import blank, build, notebooks
from explainer.publish.deck import places_of
from explainer.publish.pages import FORMATS, Task, compose, in_process, take_up
from explainer.publish.quiz import hidden
from explainer.science.claims_evidence import Verdict
from explainer.tables import load_delta32_frequencies
from tests.cli.conftest import explainer_here, write_notebook

CHAPTERS = [chapter.slug for chapter in notebooks.chapters()]
PAGES = list(FORMATS["lesson"])
ITEM = """\
import explainer as hiv
hiv.item("How is {{ what }} passed on?", right="By blood, for one.", because="Blood can hold it.",
    wrong={"By hugs.": "Skin stops it.", "By meals.": "Food does not hold it."}, what="HIV")"""
CHART = """\
import explainer as hiv
hiv.charts.plhiv_infections_deaths(hiv.load_estimates())"""
# (kind, text, tags): a chapter in small.
STORY = [
    ("md", "# A small chapter", []),
    ("md", "The answer of all answers.", ["answer"]),
    ("md", "**You learn** to ask.", ["objectives"]),
    ("code", CHART, []),
    ("md", "**“It is over.”** By no means is it over.", ["misconception"]),
    ("code", "import explainer\nexplainer.say('**“It began.”** Long ago, it did.')",
     ["misconception"]),
    ("md", "## Questions\n\nLook at [the curves](#cell-4). What falls?", []),
    ("md", "New infections fall, as the middle curve shows.", ["solution"]),
    ("code", "explainer.say('And why is that? See [there](#cell-3).')", []),
    ("code", "explainer.say('Because of treatment, above all.')", ["solution"]),
    ("md", "Bring pencils.", ["lesson"]),
    ("code", "hiv.lesson_plan((20, 'All', 'Talk about [it](#cell-4).'), minutes=20)", ["lesson"]),
    ("md", "Guess what this is.", ["worksheet"]),
    ("code", CHART, ["worksheet"]),
    ("code", ITEM, ["quiz"]),
    ("md", "Say it slowly.", ["teacher"]),
    ("md", "Only in the report.", ["report"]),
    ("md", "## Guess\n\nUp or down?", ["deck"]),
    ("code", "explainer.say('## Down')", ["deck"]),
    ("md", "Begin with [a slide](#cell-18), end with [the next](#cell-19).", ["lesson"]),
    ("md", "## At home\n\nFind one.\n\n| Who |\n|---|\n| &nbsp; |", ["worksheet"]),
    ("code", "explainer.say('Any of them will do.')", ["worksheet", "solution"]),
    ("md", "**“It goes on.”** True, so far.", ["worksheet", "true"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def chapter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small chapter as a notebook, its cells named by their place."""
    path = tmp_path_factory.mktemp("lesson") / "small.ipynb"
    write_notebook(path, [(kind, text) for kind, text, _ in STORY])
    content = json.loads(path.read_text(encoding="utf-8"))
    for place, (cell, (_, _, tags)) in enumerate(zip(content["cells"], STORY, strict=True), 1):
        cell["id"], cell["metadata"] = f"cell-{place}", {"tags": tags}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def pages(chapter: Path) -> dict[str, str]:
    """The four pages of the small chapter."""
    return compose(Task(chapter, "small", ("lesson",)), in_process)


def text_of(html: str) -> str:
    """The words of a page's main part, blanks made one."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_one_format_makes_four_files() -> None:
    files = Task(Path("x.ipynb"), "01-x", ("html", "lesson")).files()
    assert list(files) == ["html", "lesson", "worksheet", "answers", "quiz"]
    assert files["worksheet"] == "01-x.worksheet.html"


def test_the_teacher_gets_plan_mistakes_and_answers(pages: dict[str, str]) -> None:
    said = text_of(pages["lesson"])
    for words in ("You learn to ask.", "Bring pencils.", "0–20 All Talk about it .", "Projector",
                  "Ground rules", "Helpline", "By no means is it over.", "What falls?",
                  "New infections fall, as", "Because of treatment, above all."):  # fmt: skip
        assert words in said
    for words in ("Guess what this is", "Only in the report", "Say it slowly", "By hugs"):
        assert words not in said
    assert '<a href="small.html#cell-4">it</a>' in pages["lesson"]


def test_the_teacher_is_led_to_the_deck_and_to_its_slides(pages: dict[str, str]) -> None:
    assert '<a href="small.slides.html">slides</a>' in pages["lesson"]
    for cell, words in (("cell-18", "a slide (2)"), ("cell-19", "the next (3)")):
        link = f'<a href="small.slides.html#/{cell}" target="slides">{words}</a>'
        assert link in pages["lesson"]
    assert "Up or down?" not in pages["lesson"]


def test_pupils_get_questions_pictures_and_room_to_write(pages: dict[str, str]) -> None:
    said = text_of(pages["worksheet"])
    for words in ("Guess what this is.", "“It is over.”", "“It began.”", "What falls?",
                  "And why is that? See there."):  # fmt: skip
        assert words in said
    assert pages["worksheet"].count('<figure class="sheet"') == 2
    assert 'href="#cell-4"' in pages["worksheet"]
    assert 'href="#cell-3"' not in pages["worksheet"]  # it would lead nowhere
    assert pages["worksheet"].count('<div class="write"') == 4


def test_a_task_has_its_answer_on_the_teachers_pages_alone(pages: dict[str, str]) -> None:
    for name in ("answers", "lesson"):
        assert "At home Find one. Any of them will do." in text_of(pages[name])
        assert "<strong>At home</strong>" in pages[name]
    assert "At home Find one. Who" in text_of(pages["worksheet"])


def test_a_true_sentence_stands_among_the_mistakes(pages: dict[str, str]) -> None:
    assert pages["worksheet"].count("“It goes on.”") == 1
    assert "“It began.” □ □ □ □ □ □ “It goes on.”" in text_of(pages["worksheet"])
    for name in ("answers", "lesson"):
        assert "“It goes on.” True, so far." in text_of(pages[name])


def test_the_worksheet_holds_no_answer_at_all(pages: dict[str, str]) -> None:
    for words in ("By no means", "Long ago", "New infections fall", "Because of treatment",
                  "answer of all answers", "Blood can", "Bring pencils",
                  "Any of them", "so far"):  # fmt: skip
        assert words not in pages["worksheet"]


def test_who_marks_gets_answers_and_the_key(pages: dict[str, str]) -> None:
    said = text_of(pages["answers"])
    for words in ("New infections fall, as", "Long ago, it did.", "Right: By blood, for one.",
                  "By hugs. – Skin stops it."):  # fmt: skip
        assert words in said


def test_the_quiz_keeps_its_key_out_of_sight(pages: dict[str, str]) -> None:
    assert "How is HIV passed on?" in pages["quiz"]
    assert "By hugs." in pages["quiz"]
    for words in ("Blood can", "Skin stops", "Food does", "Right:"):
        assert words not in pages["quiz"]
        plain = base64.b64encode(words.encode()).decode().rstrip("=")[:-1]
        assert plain not in pages["quiz"]
    options = re.findall(r'<input type="radio" name="(\w+)" data-reply="([^"]+)">', pages["quiz"])
    assert len(options) == 3
    assert {name for name, _ in options} == {"q1"}


def test_what_is_hidden_depends_on_its_place_and_comes_back() -> None:
    text = "1It is Δ32, “so to say”."
    mixed = base64.b64decode(hidden(text, "q1.0"))
    assert hidden(text, "q1.0") != hidden(text, "q1.1")
    masks = base64.b64decode(hidden("\0" * len(mixed), "q1.0"))  # nothing but the mask is left
    plain = bytes(byte ^ mask for byte, mask in zip(mixed, masks, strict=True))
    assert plain.decode() == text


def sentences(html: str) -> set[str]:
    """Sentences of a piece of a page, long enough to be told from chance."""
    words = unescape(re.sub(r"<[^>]+>", "", html))
    parts = re.split(r"(?<=[.!?])\s+|\n", " ".join(words.split(" ")))
    return {part.strip() for part in parts if len(part.strip()) >= 25}


@pytest.mark.slow
@pytest.mark.parametrize("slug", CHAPTERS)
def test_no_pupils_page_of_a_chapter_holds_an_answer(slug: str, lessons: Path) -> None:
    answers = (lessons / f"{slug}.answers.html").read_text(encoding="utf-8")
    given = re.findall(r'<div class="reveal">(.*?)</div>\s*</div>', answers, re.S)
    put_right = re.findall(
        r'<div class="callout (?:misconception|true)">(.*?)</div>', answers, re.S
    )
    put_right = [
        re.sub(r"<strong>.*?</strong>", "", html, count=1, flags=re.S) for html in put_right
    ]
    key = re.findall(r'<div class="key">(.*?)</div>', answers, re.S)
    assert len(given) >= 3
    because = [re.sub(r"<h3>.*?</h3>|<strong>.*?</strong>|<em>.*?</em>", "", k) for k in key]
    sheet = (lessons / f"{slug}.worksheet.html").read_text(encoding="utf-8")
    quiz = (lessons / f"{slug}.quiz.html").read_text(encoding="utf-8")
    for page in (sheet, quiz):
        words = unescape(re.sub(r"<[^>]+>", "", page))
        for html in [*given, *put_right, *because]:
            for sentence in sentences(html):
                assert sentence not in words
                assert sentence not in page
    assert "answer" not in sheet.split("<style>")[0]


@pytest.mark.slow
@pytest.mark.parametrize("slug", CHAPTERS)
def test_not_every_sentence_to_judge_is_wrong(slug: str, lessons: Path) -> None:
    answers = (lessons / f"{slug}.answers.html").read_text(encoding="utf-8")
    kinds = re.findall(r'<div class="callout (misconception|true)">', answers)
    assert kinds.count("true") >= 2
    assert kinds[-2:] != ["true", "true"]  # they do not stand together at the end


@pytest.mark.slow
def test_the_right_option_is_not_known_by_its_length(lessons: Path) -> None:
    longest = []
    for page in sorted(lessons.glob("*.answers.html")):
        for item in re.findall(r'<div class="key">(.*?)</div>', page.read_text("utf-8"), re.S):
            (right,) = re.findall(r"<strong>Right: (.*?)</strong>", item, re.S)
            wrong = re.findall(r"<em>(.*?)</em> –", item, re.S)
            longest.append(len(unescape(right)) > max(len(unescape(text)) for text in wrong))
    assert len(longest) >= 24
    assert sum(longest) <= len(longest) / 3  # of four options, chance makes it every fourth


@pytest.mark.slow
def test_the_whole_work_asks_enough_and_no_place_is_favoured(lessons: Path) -> None:
    counts, places = {}, []
    of_chapter = {}
    for slug in CHAPTERS:
        quiz = (lessons / f"{slug}.quiz.html").read_text(encoding="utf-8")
        answers = (lessons / f"{slug}.answers.html").read_text(encoding="utf-8")
        forms = re.findall(r'<form class="item".*?</form>', quiz, re.S)
        key = re.findall(r"<strong>Right: (.*?)</strong>", answers, re.S)
        for form, right in zip(forms, key, strict=True):
            places.append(re.findall(r"<span>(.*?)</span></label>", form, re.S).index(right))
        counts[slug] = len(forms)
        of_chapter[slug] = places[-len(forms) :]
    assert sum(counts.values()) >= 24
    assert all(4 <= count <= 5 for count in counts.values())
    assert max(map(places.count, range(4))) <= len(places) / 2
    for slug, found in of_chapter.items():
        assert max(map(found.count, range(4))) <= 2, (slug, found)  # each place before any twice
    assert len(set(map(tuple, of_chapter.values()))) == len(CHAPTERS)


@pytest.mark.slow
@pytest.mark.parametrize("number", ["01", "02", "03"])
def test_the_right_answer_is_not_told_by_its_length(lessons: Path, number: str) -> None:
    (page,) = lessons.glob(f"{number}-*.answers.html")
    for key in re.findall(r'<div class="key">(.*?)</div>', page.read_text(encoding="utf-8"), re.S):
        (right,) = re.findall(r"<strong>Right: (.*?)</strong>", key, re.S)
        wrong = re.findall(r"<em>(.*?)</em>", key, re.S)
        assert len(unescape(right)) <= 1.1 * max(len(unescape(one)) for one in wrong), right


PLANS = [("01", 50), ("02", 50), ("03", 50), ("04", 20), ("05", 25), ("06", 25)]


@pytest.mark.slow
@pytest.mark.parametrize(("number", "minutes"), PLANS)
def test_a_plan_fills_its_lesson(lessons: Path, number: str, minutes: int) -> None:
    (page,) = lessons.glob(f"{number}-*.lesson.html")
    steps = re.findall(r"<td>(\d+)–(\d+)</td>", page.read_text(encoding="utf-8"))
    assert len(steps) >= 4
    assert [start for start, _ in steps] == ["0", *(end for _, end in steps[:-1])]
    assert int(steps[-1][1]) == minutes


@pytest.mark.slow
@pytest.mark.parametrize("slug", CHAPTERS)
def test_each_step_of_a_plan_names_its_slides_in_the_order_of_the_deck(
    slug: str, lessons: Path
) -> None:
    plan = (lessons / f"{slug}.lesson.html").read_text(encoding="utf-8")
    steps = re.findall(r"<tr>\s*<td>\d+–\d+</td>.*?</tr>", plan, re.S)
    named = [re.findall(rf'href="{slug}\.slides\.html#/([^"]+)"', step) for step in steps]
    assert all(named), "a step without a slide"
    order = list(dict.fromkeys(places_of(notebooks.read(notebooks.find(slug).path)).values()))
    places = [order.index(slide) for slides in named for slide in slides]
    assert places == sorted(places)


@pytest.mark.slow
def test_a_changed_row_makes_another_key_and_other_wrong_answers(
    lessons: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = Path(shutil.copytree(paths.data_dir(), tmp_path / "data"))
    table = data / "targets.csv"
    text = table.read_text(encoding="utf-8")
    assert "370000" in text
    table.write_text(text.replace("370000", "500000"), encoding="utf-8")
    monkeypatch.setenv("EXPLAINER_DATA_DIR", str(data))
    made = compose(Task(notebooks.find("1").path, "01-global-epidemic", ("lesson",)), in_process)
    stood = (lessons / "01-global-epidemic.answers.html").read_text(encoding="utf-8")
    before, after = (
        re.findall(r"<strong>Right: (.*?)</strong>", t) for t in (stood, made["answers"])
    )
    assert (before[2], after[2]) == ("3.5 times", "2.6 times")
    assert [before[i] for i in (0, 1, 3, 4)] == [after[i] for i in (0, 1, 3, 4)]
    assert "<em>9.2 times</em>" in stood
    assert "<em>6.8 times</em>" in made["answers"]
    assert "fewer than 500,000" in made["quiz"]


def test_a_picture_loses_finding_and_figures_but_keeps_its_axes(pages: dict[str, str]) -> None:
    figures = re.findall(r'<figure class="sheet".*?</figure>', pages["worksheet"], re.S)
    words = [re.findall(r"<text\b[^>]*>([^<]*)<", figure) for figure in figures]
    assert all(found[0].startswith("Source: UNAIDS") for found in words if len(found) == 1)
    assert sorted(map(len, words))[0] == 1  # the picture of the task has lost all its words
    kept = max(words, key=len)
    assert {"New HIV infections a year", "AIDS-related deaths a year", "5 million", "2010"} <= set(
        kept
    )
    assert not any("peak" in word or "40.8" in word or "Since" in word for word in kept)
    assert "40.8 million" not in pages["worksheet"]


def test_a_label_with_a_figure_goes_with_all_its_lines() -> None:
    lines = (
        '<text style="x" transform="translate(1 2)">163, then died of</text>\n'
        '<text style="x" transform="translate(1 9)">leukaemia, no rebound</text>'
        '<g><text style="x" x="1" transform="rotate(-0 1 2)">donor with CCR5</text></g>'
    )
    left = blank.without_findings(f"<svg>{lines}</svg>", finding="It is so", alt="Lanes: many")
    assert re.findall(r"<text[^>]*>([^<]*)", left) == ["donor with CCR5"]


def left_of(lines: str, finding: str = "It is so") -> list[str]:
    """The words that a picture of these lines keeps for a question."""
    left = blank.without_findings(f"<svg>{lines}</svg>", finding=finding, alt="Lines: two")
    return re.findall(r"<text[^>]*>([^<]*)", left)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("HIV prevalence, ages 15–49", ["HIV prevalence, ages 15–49"]),
        ("survey, ages 15+", ["survey, ages 15+"]),
        ("New infections per 1,000 uninfected people",
         ["New infections per 1,000 uninfected people"]),
        ("model 22%", ["model"]),
        ("UNAIDS 7.5", ["UNAIDS"]),
        ("people 1.3 million", ["people"]),
        ("peak 2.1 million, 2003–2005", []),
        ("model 22%, ages 15–49", []),
        ("36 or more", []),
    ],
)  # fmt: skip
def test_what_a_line_is_called_stays_and_its_value_goes(words: str, left: list[str]) -> None:
    style = 'style="font-weight: 700; fill: #00619a" x="1" transform="rotate(-0 1 2)"'
    assert left_of(f"<text {style}>{words}</text>") == left


def test_a_finding_that_ends_in_a_figure_goes_as_a_whole() -> None:
    line = '<text style="font-weight: 700" x="1" y="2">Deaths peaked in 2004</text>'
    assert left_of(line, finding="Deaths peaked in 2004") == []


KEYED = (
    '<g data-part="key"><g><defs><path id="m" d="M 0 0"/></defs><use href="#m"/></g>'
    '<text style="x" x="1">{words}</text></g><use href="#m" x="9"/>'
)


def test_a_key_that_loses_a_word_loses_its_samples_and_no_mark_of_the_picture() -> None:
    drawn = f"<svg>{KEYED.format(words='3 of 4')}</svg>"
    for left in (blank.without_findings(drawn, finding="", alt=""), blank.without_words(drawn)):
        assert left == '<svg><defs><path id="m" d="M 0 0"/></defs><use href="#m" x="9"/></svg>'


def test_a_key_in_words_stays_where_the_words_stay() -> None:
    drawn = f"<svg>{KEYED.format(words='survey, ages 15–49')}</svg>"
    assert blank.without_findings(drawn, finding="", alt="") == drawn
    assert "survey" not in blank.without_words(drawn)


def test_the_group_of_a_key_is_written_as_the_charts_write_it() -> None:
    assert blank._KEY == svg.KEY
    chart = charts.donors_to_type(load_delta32_frequencies())
    assert len(blank._keys(chart.svg())) == chart.svg().count(svg.KEY) == 1


@pytest.mark.slow
@pytest.mark.parametrize("slug", CHAPTERS)
def test_no_picture_for_pupils_shows_samples_without_their_words(slug: str, lessons: Path) -> None:
    sheet = (lessons / f"{slug}.worksheet.html").read_text(encoding="utf-8")
    for figure in re.findall(r'<figure class="sheet".*?</figure>', sheet, re.S):
        for key in blank._keys(figure):
            assert key.count("<text") >= 2


@pytest.mark.slow
def test_answers_and_key_of_the_donors_are_what_the_sheets_numbers_give(lessons: Path) -> None:
    (page,) = lessons.glob("03-*.answers.html")
    said = text_of(page.read_text(encoding="utf-8"))
    limit, berlin = 100 * 3 / 800, 100 * (1 - (1 - 0.0095) ** 232)
    assert said.count(f"p to {limit:.2f}%") == 2  # the answer, and the right one of the quiz
    assert f"the 232 matches of the Berlin patient gave a chance of {berlin:.0f}%" in said
    assert "which is 18%, have one copy" in said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "given"),
    [
        ("05", ["1,939 person-years", "3.69 in the place of three", "2.41 (95% interval",
                "2 of 34 people with placebo", "7 by week 72"]),
        ("03", ["A coloured bead is Δ32", "one person in a hundred", "So find q first",
                "three divided by the number of copies", "0.95% of White donors", "232 matches"]),
        ("06", ["People living with HIV 0% 10% 20% 28%", "that is left 100% 53% 28% 17%",
                "29 belongs in the row 20–30, near its upper edge", "0% of people", "39 of 2,136",
                "23.7% (95% interval 22.6–24.9%)", "settle near 7"]),
    ],
)  # fmt: skip
def test_what_a_question_computes_with_stands_on_the_sheet(
    lessons: Path, number: str, given: list[str]
) -> None:
    (sheet,) = lessons.glob(f"{number}-*.worksheet.html")
    said = text_of(sheet.read_text(encoding="utf-8"))
    assert [words for words in given if words not in said] == []


@pytest.mark.slow
def test_the_model_and_the_data_can_be_told_apart_on_the_worksheet(lessons: Path) -> None:
    (sheet,) = lessons.glob("06-*.worksheet.html")
    figures = re.findall(
        r'<figure class="sheet".*?</figure>', sheet.read_text(encoding="utf-8"), re.S
    )
    words = [re.findall(r"<text\b[^>]*>([^<]*)<", figure) for figure in figures]
    assert {
        "model", "UNAIDS", "HIV prevalence, ages 15–49", "surveys", "ages 15–49", "women", "men"
    } <= {word for found in words for word in found}  # fmt: skip


@pytest.mark.slow
def test_the_key_of_the_news_check_has_the_numbers_of_its_sheet_and_no_empty_copy(
    lessons: Path,
) -> None:
    (sheet,) = lessons.glob("04-*.worksheet.html")
    (answers,) = lessons.glob("04-*.answers.html")
    given, asked = answers.read_text(encoding="utf-8"), sheet.read_text(encoding="utf-8")
    numbered = r'<tr>\s*<td class="num">(\d+)</td><td>([^<]*)'
    key, claims = re.findall(numbered, given), re.findall(numbered, asked)
    claims.sort(key=lambda row: int(row[0]))  # on the sheet they stand by part
    assert [number for number, _ in claims] == [str(n) for n in range(1, 22)]
    assert [number for number, _ in key] == [number for number, _ in claims]
    assert key[:-1] == claims[:-1]  # the last one asks what is missing
    assert "<td></td>" in asked
    assert "<td></td>" not in given
    assert not re.search(r"<td>(computed|reading)</td>", given)


@pytest.mark.slow
def test_the_sheet_of_the_news_check_explains_its_letters_and_brings_its_facts(
    lessons: Path,
) -> None:
    (sheet,) = lessons.glob("04-*.worksheet.html")
    said = text_of(sheet.read_text(encoding="utf-8"))
    for letter in "SICUO":
        assert said.index(f" {letter} ") < said.index("1 The hospital announced")
    assert all(f"{verdict}: " in said for verdict in Verdict)
    assert all(f" F{number} " in said for number in range(1, 12))


def test_the_ink_of_axes_is_that_of_the_charts() -> None:
    sheet = Path(style.__file__).with_name("explainer.mplstyle").read_text(encoding="utf-8")
    for part in ("axes.labelcolor", "xtick.color", "ytick.color"):
        assert f"{part}: {blank.AXIS_INK.removeprefix('#')}" in sheet


def test_a_table_to_fill_in_stays_with_the_pupils(tmp_path: Path) -> None:
    form = "Judge them.\n\n| Claim | Verdict |\n|---|---|\n| It fell | |"
    story = [("md", "# Small"), ("md", form), ("code", "'It did fall.'")]
    path = write_notebook(tmp_path / "form.ipynb", story)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][2]["metadata"] = {"tags": ["solution"]}
    path.write_text(json.dumps(content), encoding="utf-8")
    made = compose(Task(path, "form", ("lesson",)), in_process)
    assert "It fell" in made["worksheet"]
    for kind in ("lesson", "answers"):
        assert "Judge them." in text_of(made[kind])
        assert "It did fall." in text_of(made[kind])
        assert "It fell" not in made[kind]


def test_a_question_that_names_no_picture_says_so(chapter: Path, tmp_path: Path) -> None:
    path = tmp_path / "wrong.ipynb"
    text = chapter.read_text(encoding="utf-8").replace("(#cell-4). What", "(#cell-6). What")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExplainerError, match=r"cell cell-6: a question names its picture"):
        compose(Task(path, "wrong", ("lesson",)), in_process)


def test_a_notebook_without_questions_has_the_teachers_page_and_says_what_the_others_need(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_notebook(tmp_path / "bare.ipynb", [("md", "# Bare"), ("code", "'made'")])
    (tmp_path / "bare.answers.html").write_text("of someone else", encoding="utf-8")
    earlier = compose(Task(path, "bare", ("lesson",)), in_process)["lesson"]
    (tmp_path / "bare.quiz.html").write_text(earlier, encoding="utf-8")
    assert explainer_here("export", path, "--to", "lesson", "--out", tmp_path) == 0
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "explainer: bare.ipynb: no worksheet and no answers and no quiz, as no cell is tagged for "
        "them (solution, misconception, worksheet, quiz); see README.md, "
        '"In a notebook of your own"'
    ]
    made = {file.name for file in tmp_path.glob("*.html")}
    assert made == {"index.html", "bare.lesson.html", "bare.answers.html"}, "none of ours is left"
    page = (tmp_path / "bare.lesson.html").read_text(encoding="utf-8")
    assert "Ground rules" in page
    assert not re.search("worksheet|quiz|answers.html", text_of(page) + page[page.index("<main") :])


def test_a_notebook_with_one_question_has_no_quiz_and_no_link_to_one(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "one.ipynb", [("md", "Why?"), ("code", "'So.'")])
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][1]["metadata"] = {"tags": ["solution"]}
    path.write_text(json.dumps(content), encoding="utf-8")
    made = compose(Task(path, "one", ("lesson",)), in_process)
    assert list(made) == ["lesson", "worksheet", "answers"]
    assert all("one.quiz.html" not in page for page in made.values())
    assert "one.worksheet.html" in made["lesson"]


def test_lesson_pages_are_kept_while_nothing_changes_and_no_card_of_the_index(
    chapter: Path, tmp_path: Path
) -> None:
    outcome = build.export([str(chapter)], formats=["lesson"], out=tmp_path)
    assert [page.path.name for page in outcome.exported] == [f"small.{page}.html" for page in PAGES]
    task = Task(chapter, "small", ("lesson",))
    assert build.is_current(task, tmp_path)
    (tmp_path / "small.quiz.html").unlink()
    assert not build.is_current(task, tmp_path)
    assert "small.lesson" not in (tmp_path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["small"])
def test_a_reworded_lesson_is_byte_for_byte_what_a_run_would_make(
    chapter: Path, pages: dict[str, str], tmp_path: Path, name: str
) -> None:
    for page, html in pages.items():
        (tmp_path / f"small.{page}.html").write_text(html, encoding="utf-8")
    task = Task(Path(shutil.copy(chapter, tmp_path)), "small", ("lesson",))
    assert take_up(task, tmp_path) == pages
    content = json.loads(task.path.read_text(encoding="utf-8"))
    content["cells"][6]["source"] = "## Q\n\nLook again at [the curves](#cell-4). What rises?"
    content["cells"][10]["source"] = "Bring pens."
    task.path.write_text(json.dumps(content), encoding="utf-8")
    reworded = take_up(task, tmp_path)
    assert reworded == compose(task, in_process)
    assert "What rises?" in reworded["worksheet"]


def test_a_picture_newly_asked_for_cannot_be_taken_from_the_old_page(
    chapter: Path, pages: dict[str, str], tmp_path: Path
) -> None:
    task = Task(tmp_path / "small.ipynb", "small", ("lesson",))
    without = chapter.read_text(encoding="utf-8").replace("[the curves](#cell-4)", "the curves")
    task.path.write_text(without, encoding="utf-8")
    for page, html in compose(task, in_process).items():
        (tmp_path / f"small.{page}.html").write_text(html, encoding="utf-8")
    shutil.copy(chapter, task.path)
    with pytest.raises(ExplainerError, match="a question names its picture"):
        take_up(task, tmp_path)
    assert build._reworded([task], tmp_path) == {}  # so it runs


@pytest.mark.slow
@pytest.mark.parametrize("slug", CHAPTERS)
def test_a_chapters_lesson_can_be_taken_up(slug: str, lessons: Path) -> None:
    task = Task(notebooks.find(slug).path, slug, ("lesson",))
    stand = {p: (lessons / f).read_text(encoding="utf-8") for p, f in task.files().items()}
    assert take_up(task, lessons) == stand
