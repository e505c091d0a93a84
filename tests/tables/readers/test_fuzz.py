"""Whatever is done to a file's bytes, it is read or answered with a sentence."""

from __future__ import annotations

import io
import os
import time
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.tables.imports import preview
from tests.tables.readers import made
from tests.tables.readers.conftest import SAMPLES

REAL = {
    "who csv": "who_gho_2024/HIV data 2000-2023.csv",
    "owid": "owid_2024/share-of-the-population-infected-with-hiv.csv",
    "world bank csv": "worldbank_2024/API_SH.DYN.AIDS.ZS_DS2_en_csv_v2_9.csv",
    "aidsinfo wide": "aidsinfo_export_2019/know_status_global_all_ages.csv",
    "aidsinfo wide double": "aidsinfo_export_2019/test_and_treat_cascade_all_ages.csv",
    "aidsinfo bulk": "aidsinfo_bulk_2025_excerpt/Estimates_2025_en_first70rows.csv",
}
_KEPT = 6_000
SPOILT = (
    b"", b"\x00", b"\xff", b'"', b"\r\n", b",,,,", b"<500", b"-1", b"nan", b"inf", b"1e308",
    b"99999999999999999999", b"{", b"]", b"\xe2\x80\xae", b"=cmd|' /C calc'!A0", b"2024", b"[ - ]",
    b"&#x41;", b"\xed\xa0\x80", b"true", b'null', b"\t;\t", b"<c/>", b"XFD1048576",
)  # fmt: skip
BUDGET = settings(
    max_examples=int(os.environ.get("EXPLAINER_FUZZ", "15")),
    deadline=None,
    derandomize="EXPLAINER_FUZZ" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
Edits = list[tuple[float, int, bytes]]
EDITS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.one_of(st.sampled_from(SPOILT), st.binary(max_size=12)),
    ),
    min_size=1,
    max_size=6,
)


@cache
def sample(name: str) -> bytes:
    """The beginning of a real file where one lies at hand, else the small made one."""
    path = SAMPLES / REAL.get(name, "none")
    return path.read_bytes()[:_KEPT] if path.is_file() else made.FILES[name]


def spoilt(raw: bytes, edits: Edits) -> bytes:
    """The bytes with some cut out and others put in."""
    for at, length, put in edits:
        place = int(at * len(raw))
        raw = raw[:place] + put + raw[place + length :]
    return raw


def told(raw: bytes, folder: Path, indicator: str | None = None) -> None:
    """Reading gives lines or one sentence; anything else fails the test."""
    path = folder / "file"
    path.write_bytes(raw)
    try:
        assert preview(path, indicator=indicator)
    except ExplainerError as error:
        said = str(error)
        assert "\n" not in said
        assert said.startswith(str(path))
        assert "; " in said


@pytest.mark.parametrize("name", made.FILES)
@BUDGET
@given(edits=EDITS, cut=st.one_of(st.none(), st.floats(0, 1)))
def test_spoilt_bytes(name: str, tmp_path: Path, edits: Edits, cut: float | None) -> None:
    raw = spoilt(sample(name), edits)
    raw = raw if cut is None else raw[: int(cut * len(raw))]
    told(raw, tmp_path, "knows_status_share" if name == "aidsinfo wide" else None)


@pytest.mark.parametrize("name", ["workbook 2025", "workbook 2019", "aidsinfo bulk zip"])
@BUDGET
@given(edits=EDITS, part=st.integers(0, 20))
def test_spoilt_parts_of_a_sound_zip(name: str, tmp_path: Path, edits: Edits, part: int) -> None:
    # Mutated bytes of a zip seldom get past its checksums: spoil what is packed, and pack again.
    with zipfile.ZipFile(io.BytesIO(made.FILES[name])) as archive:
        parts: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    chosen = sorted(parts)[part % len(parts)]
    content = parts[chosen]
    assert isinstance(content, bytes)
    told(made.packed({**parts, chosen: spoilt(content, edits)}), tmp_path)


@BUDGET
@given(raw=st.binary(max_size=300), start=st.sampled_from([b"", b"PK\x03\x04", b"{", b"[", b"<"]))
def test_any_bytes(tmp_path: Path, raw: bytes, start: bytes) -> None:
    told(start + raw, tmp_path)


def test_fuzzing_keeps_to_its_time(tmp_path: Path) -> None:
    started = time.process_time()
    told(sample("who csv"), tmp_path)
    assert time.process_time() - started < 2
