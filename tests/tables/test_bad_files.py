"""A file that is no table: one sentence, never a traceback of a library."""

from __future__ import annotations

import pytest

from explainer.errors import ExplainerError
from explainer.tables import load_claims, load_estimates
from explainer.tables.load import load
from explainer.tables.registry import TABLES

HEADER = ",".join(column.name for column in TABLES["claims"].columns)
FIELDS = len(TABLES["claims"].columns)


def said(table: str = "claims") -> str:
    with pytest.raises(ExplainerError) as caught:
        load(table)
    return str(caught.value)


def test_missing(folder):
    folder.file("claims").unlink()
    assert said() == f"{folder.file('claims')}: there is no such file; put the table back"


def test_a_folder_in_its_place(folder):
    folder.file("claims").unlink()
    folder.file("claims").mkdir()
    assert said() == f"{folder.file('claims')}: cannot be read (Is a directory); mend the file"


def test_missing_sources(folder):
    folder.file("sources").unlink()
    assert said() == f"{folder.file('sources')}: there is no such file; put the table back"


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_empty(folder, content):
    folder.file("claims").write_bytes(content)
    assert said() == (
        f"{folder.file('claims')}: the file is empty, expected a header and rows; put it back"
    )


def test_header_alone(folder):
    folder.file("claims").write_text(HEADER + "\n", encoding="utf-8")
    assert said() == f"{folder.file('claims')}: there is a header but no row; put the rows back"


def test_binary(folder):
    folder.file("claims").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    assert said() == (
        f"{folder.file('claims')} row 3: holds binary bytes, expected text with commas; "
        "put the table back"
    )


def test_utf_16(folder):
    content = folder.file("claims").read_text(encoding="utf-8")
    folder.file("claims").write_text(content, encoding="utf-16")
    assert said() == (
        f"{folder.file('claims')}: encoded as UTF-16, expected UTF-8; save it again as UTF-8"
    )


def test_latin_1(folder):
    lines = folder.file("claims").read_text(encoding="utf-8").splitlines(keepends=True)
    line = next(number for number, text in enumerate(lines, 1) if "é" in text)
    lines[line - 1] = lines[line - 1].replace("Δ", "D")
    raw = [text.encode("utf-8") for text in lines]
    raw[line - 1] = lines[line - 1].encode("latin-1")
    folder.file("claims").write_bytes(b"".join(raw))
    assert said() == (
        f"{folder.file('claims')} row {line}: byte 0xE9 is no UTF-8; save it again as UTF-8"
    )


def test_byte_order_mark_and_windows_line_ends_are_fine(folder):
    content = folder.file("claims").read_text(encoding="utf-8")
    folder.file("claims").write_bytes(content.replace("\n", "\r\n").encode("utf-8-sig"))
    assert len(load_claims()) == len(content.splitlines()) - 1


def test_missing_column(folder):
    folder.replace("claims", "verdict", "judgement")
    assert said() == (
        f"{folder.file('claims')} row 1: column verdict is missing (found judgement); add it"
    )


def test_extra_column(folder):
    folder.replace("claims", "claim_id,", "claim_id,opinion,")
    assert said() == (
        f"{folder.file('claims')} row 1: column opinion is not one of the table's; remove it"
    )


def test_column_twice(folder):
    folder.replace("claims", "claim_id,", "claim_id,claim,")
    assert said() == f"{folder.file('claims')} row 1: column claim stands twice; remove one"


def test_columns_in_another_order_are_fine(folder):
    rows = folder.file("cohorts").read_text(encoding="utf-8")
    before = load("cohorts")
    import pandas as pd

    frame = pd.read_csv(folder.file("cohorts"), dtype=str, keep_default_na=False)
    frame[frame.columns[::-1]].to_csv(folder.file("cohorts"), index=False)
    assert folder.file("cohorts").read_text(encoding="utf-8") != rows
    pd.testing.assert_frame_equal(load("cohorts"), before)


def test_semicolons(folder):
    folder.file("claims").write_text(HEADER.replace(",", ";") + "\n", encoding="utf-8")
    assert said() == (
        f"{folder.file('claims')} row 1: the columns are parted by semicolons, expected commas; "
        "save it again with commas"
    )


def test_cut_off_within_a_row(folder):
    content = folder.file("hiv_estimates").read_text(encoding="utf-8")
    lines = content.splitlines()
    folder.file("hiv_estimates").write_text("\n".join(lines[:99]) + "\n2025,2024,Wor", "utf-8")
    assert said("hiv_estimates") == (
        f"{folder.file('hiv_estimates')} row 100: 3 fields, expected 17; "
        "complete the row (is the file cut off?)"
    )


def test_blank_line_in_the_middle(folder):
    lines = folder.file("claims").read_text(encoding="utf-8").splitlines()
    folder.file("claims").write_text("\n".join([*lines[:3], "", *lines[3:]]), encoding="utf-8")
    assert said().startswith(f"{folder.file('claims')} row 4: 0 fields, expected {FIELDS};")


def test_comma_without_quotation_marks(folder):
    folder.replace("claims", "H06,hiv,", "H06,hiv,well,")
    asked = (
        f"{FIELDS + 1} fields, expected {FIELDS}; put text that holds a comma in quotation marks"
    )
    assert asked in said()


def test_quotation_mark_left_open(folder):
    with folder.file("claims").open("a", encoding="utf-8") as stream:
        stream.write('H30,hiv,"never closed\n')
    assert said() == (
        f"{folder.file('claims')} row 39: a quotation mark is not closed or stands inside a field; "
        'write "" for a mark within quoted text'
    )


def test_a_folder_that_is_none(monkeypatch, tmp_path):
    monkeypatch.setenv("EXPLAINER_DATA_DIR", str(tmp_path / "nowhere"))
    with pytest.raises(ExplainerError, match=r"EXPLAINER_DATA_DIR names .*which is not a folder"):
        load_estimates()


def test_an_unknown_table_lists_the_tables():
    with pytest.raises(ExplainerError, match="no table named weather; the tables are claims, "):
        load("weather")
