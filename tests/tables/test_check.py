"""``explainer check`` on the tables: everything that is wrong, not only the first."""

from __future__ import annotations

import json

import pytest

from explainer.errors import ExplainerError
from explainer.tables import freeze_date
from explainer.tables.check import check_tables
from explainer.tables.dictionary import restate


def test_the_bundled_tables_are_sound():
    assert check_tables() == []


def test_every_broken_table_is_named(folder):
    restate(folder.path)
    assert check_tables() == []
    first = folder.edit("claims", {"claim_id": "H01"}, {"verdict": "lie"})
    second = folder.edit("cohorts", {"cohort": "IciStem 2019"}, {"n_events": "39"})
    folder.file("facts").unlink()
    refresh_all_but_missing(folder)
    said = check_tables()
    assert [sentence.split(": ")[0] for sentence in said] == [
        f"{folder.file('cohorts')} row {second}",
        f"{folder.file('facts')}",
        f"{folder.file('claims')} row {first}",
    ]


def refresh_all_but_missing(folder):
    """Bring the descriptor up to date, so that only the tables are at fault."""
    path = folder.path / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    present = [one for one in package["resources"] if (folder.path / one["path"]).exists()]
    absent = [one for one in package["resources"] if one not in present]
    path.write_text(json.dumps({**package, "resources": present}), encoding="utf-8")
    restate(folder.path)
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] += absent
    path.write_text(json.dumps(package), encoding="utf-8")


def test_a_table_of_faults_is_summed_up(folder):
    path = folder.file("cohorts")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("one_source", "perhaps"), encoding="utf-8")
    restate(folder.path)
    said = check_tables()
    assert len(said) == 4
    assert said[-1] == f"{path}: 2 more faults like these"


def test_a_missing_bibliography_is_said_once(folder):
    folder.file("sources").unlink()
    said = [sentence for sentence in check_tables() if "no such file" in sentence]
    assert said == [f"{folder.file('sources')}: there is no such file; put the table back"]


def test_a_change_of_a_sound_value_is_noticed_by_its_hash(folder):
    restate(folder.path)
    size = folder.file("facts").stat().st_size
    folder.replace("facts", "0.53", "0.54")
    assert check_tables() == [
        f"{folder.file('facts')}: changed since datapackage.json was written ({size:,} bytes, "
        f"expected {size}); if the change is meant, run python -m explainer.tables.dictionary"
    ]


def test_a_lost_descriptor_is_one_sentence(folder):
    path = folder.path / "datapackage.json"
    path.unlink()
    assert check_tables() == [f"{path}: there is no such file; put the descriptor back"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "no list of resources, expected one per table; mend it"),
        ('{"resources": []}', "created is missing, expected a date; add it"),
    ],
)
def test_a_broken_descriptor_is_one_sentence(folder, content, said):
    (folder.path / "datapackage.json").write_text(content, encoding="utf-8")
    with pytest.raises(ExplainerError, match=said):
        freeze_date()


def test_a_table_that_is_not_described_is_named(folder):
    restate(folder.path)
    path = folder.path / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] != "trials"]
    path.write_text(json.dumps(package), encoding="utf-8")
    assert check_tables() == [f"{path}: table trials is not described; describe it"]


@pytest.mark.parametrize(
    ("column", "date", "told"),
    [
        ("transplant_date", "2018-08", "has 2018-07 for transplant"),
        ("art_stop_date", "2021-10-16", "has 2021-11-16 for art_stop"),
    ],
)
def test_a_case_and_its_events_tell_one_date(folder, column, date, told):
    folder.edit("remission_cases", {"case_id": "geneva"}, {column: date})
    restate(folder.path)
    (said,) = check_tables()
    assert f"{column} of Geneva is {date}, but remission_events.csv {told};" in said


def test_a_case_without_events_is_named(folder):
    path = folder.file("remission_events")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(one for one in lines if not one.startswith("oslo,")), encoding="utf-8")
    restate(folder.path)
    said = check_tables()
    assert len(said) == 4
    assert all("of Oslo is" in one and "has no date for" in one for one in said)


def test_a_month_agrees_with_its_day(folder):
    folder.edit("remission_cases", {"case_id": "oslo"}, {"last_report_date": "2026-04",
                "last_report_date_precision": "month"})  # fmt: skip
    restate(folder.path)
    assert check_tables() == []
