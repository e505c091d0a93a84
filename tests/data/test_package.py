"""The descriptor says what the files and the models say."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from explainer.paths import data_dir
from explainer.tables.descriptor import descriptor, fingerprint
from explainer.tables.dictionary import data_dictionary, restate
from explainer.tables.registry import TABLES
from explainer.tables.validate import model

UNITS = {
    "people", "share", "count", "year", "years", "months", "weeks", "days", "copies per mL",
    "person-years", "per 100 person-years", "as in the unit column", "as in the effect column",
}  # fmt: skip
NON_COMMERCIAL = {"hiv_estimates", "treatment_cascade", "epidemic_model_series", "crosschecks"}
TYPES = {
    "str": "string",
    "float64": "number",
    "int64": "integer",
    "Int64": "integer",
    "bool": "boolean",
}
PACKAGE = descriptor()
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}


def test_frictionless_accepts_the_package(monkeypatch):
    from frictionless import validate

    monkeypatch.chdir(data_dir())
    report = validate("datapackage.json")
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:5]
    assert len(report.tasks) == len(TABLES)


def test_every_file_is_described_and_every_description_has_a_file():
    assert set(RESOURCES) == set(TABLES)
    assert {path.name for path in data_dir().glob("*.csv")} == {
        resource["path"] for resource in RESOURCES.values()
    }


@pytest.mark.parametrize("name", sorted(TABLES))
def test_size_and_hash_are_those_of_the_file(name):
    resource = RESOURCES[name]
    found = fingerprint(data_dir() / resource["path"])
    assert (resource["bytes"], resource["hash"]) == found


def limits(name):
    """Types, closed lists, shapes and limits of a table as its pandera model states them."""
    stated = {}
    for column in model(TABLES[name]).columns.values():
        checks = {check.name: dict(check.statistics or {}) for check in column.checks}
        constraints = {"required": True} if not column.nullable else {}
        if "isin" in checks:
            constraints["enum"] = list(checks["isin"]["allowed_values"])
        if "str_matches" in checks:
            pattern = checks["str_matches"]["pattern"]
            pattern = getattr(pattern, "pattern", pattern)
            constraints["pattern"] = re.fullmatch(r"\^\(\?:(.*)\)\$", pattern).group(1)
        if "greater_than_or_equal_to" in checks:
            constraints["minimum"] = checks["greater_than_or_equal_to"]["min_value"]
        if "less_than_or_equal_to" in checks:
            constraints["maximum"] = checks["less_than_or_equal_to"]["max_value"]
        stated[column.name] = (TYPES[dtype_name(column)], constraints)
    return stated


def dtype_name(column):
    name = str(column.dtype)
    return "str" if name.startswith("str") else name


@pytest.mark.parametrize("name", sorted(TABLES))
def test_descriptor_and_model_state_the_same(name):
    schema = RESOURCES[name]["schema"]
    described = {}
    for field in schema["fields"]:
        constraints = {k: v for k, v in field.get("constraints", {}).items() if k != "unique"}
        described[field["name"]] = (field["type"], constraints)
    assert described == limits(name)
    assert [field["name"] for field in schema["fields"]] == list(model(TABLES[name]).columns)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_descriptor_and_model_have_the_same_key_and_references(name):
    schema, table = RESOURCES[name]["schema"], TABLES[name]
    assert tuple(schema["primaryKey"]) == table.key
    columns = {column.name for column in table.columns}
    single = {
        column: target
        for column, target in table.references.items()
        if column in columns and column != "other_source_ids"  # a list of ids is no foreign key
    }
    assert single == {
        key["fields"][0]: key["reference"]["resource"] for key in schema.get("foreignKeys", [])
    }
    assert any(check.name.endswith("are unique") for check in model(table).checks)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_field_is_explained_and_every_figure_has_a_unit_of_the_list(name):
    for field in RESOURCES[name]["schema"]["fields"]:
        assert len(field["description"]) > 3
        if field["type"] in ("number", "integer") and field["name"] != "number":
            assert field["unit"] in UNITS, field["name"]
        assert ("trueValues" in field) == (field["type"] == "boolean")
    assert set(PACKAGE["units"]) == UNITS


@pytest.mark.parametrize("name", sorted(TABLES))
def test_licences_are_named_and_linked(name):
    (licence,) = RESOURCES[name]["licenses"]
    if name in NON_COMMERCIAL:
        assert licence["name"] == "CC-BY-NC-SA-3.0-IGO"
        assert licence["path"] == "https://creativecommons.org/licenses/by-nc-sa/3.0/igo/"
    else:
        assert licence["name"] == "CC-BY-4.0"
        assert licence["path"] == "https://creativecommons.org/licenses/by/4.0/"
    assert RESOURCES[name]["sources"]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_rows_stand_in_the_order_of_their_key(name):
    import csv

    with (data_dir() / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    numbers = {column.name for column in TABLES[name].columns if column.kind == "integer"}
    keys = [
        tuple(int(row[one]) if one in numbers else row[one] for one in TABLES[name].key)
        for row in rows
    ]
    assert keys == sorted(keys)


def test_the_dictionary_is_up_to_date():
    written = (data_dir() / "README.md").read_text(encoding="utf-8")
    assert written == data_dictionary(PACKAGE), "run python -m explainer.tables.dictionary"


def test_the_dictionary_shows_every_field():
    dictionary = data_dictionary(PACKAGE)
    for resource in RESOURCES.values():
        section = dictionary.split(f"\n## {resource['name']}\n")[1].split("\n## ")[0]
        shown = re.findall(r"^\| (\w+) \| ", section, flags=re.M)
        assert shown[1:] == [field["name"] for field in resource["schema"]["fields"]]


def test_refreshing_brings_the_hash_up_to_date(tmp_path, monkeypatch):
    import shutil

    home = shutil.copytree(data_dir(), tmp_path / "tables")
    monkeypatch.setenv("EXPLAINER_DATA_DIR", os.fspath(home))
    with (home / "cohorts.csv").open("a", encoding="utf-8") as stream:
        stream.write("x\n")
    restate(home)
    package = json.loads((home / "datapackage.json").read_text(encoding="utf-8"))
    cohorts = next(one for one in package["resources"] if one["name"] == "cohorts")
    assert (cohorts["bytes"], cohorts["hash"]) == fingerprint(home / "cohorts.csv")
    assert f"{cohorts['bytes']:,} bytes" in (home / "README.md").read_text(encoding="utf-8")


def test_refreshing_a_sound_folder_changes_nothing(tmp_path, monkeypatch):
    import shutil

    home = shutil.copytree(data_dir(), tmp_path / "tables")
    monkeypatch.setenv("EXPLAINER_DATA_DIR", os.fspath(home))
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    restate(home)
    assert {path.name: path.read_bytes() for path in Path(home).iterdir()} == before
