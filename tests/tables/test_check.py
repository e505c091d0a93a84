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
