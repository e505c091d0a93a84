"""Every chapter can be read after nine years of school, its terms and names not counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explainer.narrative.reading import hardest, reading
from explainer.publish.notebooks import chapters
from explainer.publish.prose import prose_of

pytestmark = pytest.mark.slow

HIGHEST = 9.0
SLUGS = [chapter.slug for chapter in chapters()]


@pytest.mark.parametrize("slug", SLUGS)
def test_chapter_is_at_most_grade_nine(slug: str, exports: Path) -> None:
    text = (exports / f"{slug}.html").read_text(encoding="utf-8")
    prose = prose_of(text[text.index("<main") : text.index("</main>")])
    found = reading(prose)
    assert found is not None
    assert found.grade <= HIGHEST, hardest(prose)
    told = re.search(r"reading level: grade (\d+)", text)
    assert told is not None
    assert abs(int(told.group(1)) - found.grade) <= 1
