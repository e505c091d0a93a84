"""``explainer refresh`` against a real server: a new release, or one sentence and nothing moved."""

from __future__ import annotations

import gc
import hashlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.paths import data_dir
from explainer.tables import load_estimates, store
from explainer.tables.addresses import SOURCES, addresses_of
from explainer.tables.download import fetch
from explainer.tables.keeping import keep
from explainer.tables.refresh import refresh
from tests.cli.conftest import assert_refused, explainer, explainer_here
from tests.tables.readers import made
from tests.tables.serving import Served, serving

REMEDY = (
    "; nothing was changed: try again later, download the file in a browser and use explainer "
    "import, or name another address with --from\n"
)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server is on this machine, whatever the machine asks for the rest of the web."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield
    gc.collect()  # a connection left open is told here, not in some later test


@pytest.fixture
def imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of imported releases, with one of 2027 in use."""
    folder = tmp_path / "releases"
    monkeypatch.setenv("EXPLAINER_IMPORTS_DIR", str(folder))
    (tmp_path / "first.xlsx").write_bytes(made.whole_release(2027))
    keep(tmp_path / "first.xlsx")
    return folder


@pytest.fixture
def served() -> Iterator[Served]:
    """A server that has the release of 2028."""
    with serving(made.whole_release(2028, raised=1.1)) as server:
        yield server


def in_use(imports: Path) -> dict[str, str]:
    """Hash of every file that a loader may read, and of whatever else lies beside them."""
    files = [path for folder in (data_dir(), imports) for path in folder.rglob("*")]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_refresh_brings_a_release_and_says_what_it_tells_otherwise(
    tmp_path: Path, imports: Path, served: Served
) -> None:
    address = served.at("sound/HIV_estimates.xlsx")
    ran = explainer("refresh", "--from", address, cwd=tmp_path, EXPLAINER_IMPORTS_DIR=imports)
    assert (ran.status, ran.err) == (
        0,
        "asking for the UNAIDS workbook, HIV estimates with uncertainty bounds\n"
        f"came from {address}\n",
    )
    lines = ran.out.splitlines()
    assert lines[0] == "release 2028 of UNAIDS (row 3 of sheet HIV2028Estimates_ByYear)"
    at = lines.index("releases 2025 and 2028 on the same year (two tellings of it, not a trend)")
    assert lines[at + 1] == (
        "  people living with HIV, 2024: 40.8 million (range 37.0–45.6 million) before, "
        "59.0 million (range 53.1–70.8 million) now (18.2 million more)"
    )
    assert "  prevalence, ages 15–49, 2024: the same, 0.7% (range 0.6–0.8%)" in lines
    at = lines.index("headline sentences")
    assert lines[at + 1 : at + 3] == [
        "  - 40.8 million (range 37.0–45.6 million) people were living with HIV in 2024.",
        "  + 60.3 million (range 54.3–72.3 million) people were living with HIV in 2027.",
    ]
    kept = store.find("2028", imports)
    assert kept is not None
    assert (kept.provenance.address, kept.provenance.file) == (address, "HIV_estimates.xlsx")


FAULTS = {
    "status/403": "answered 403 Forbidden",
    "status/404": "answered 404 Not Found",
    "status/500": "answered 500 Internal Server Error",
    "stalls": "fell silent midway",
    "silent": "sent nothing for 1 second",
    "cut-off": "broke off before the whole file had come",
    "loop": "leads in a circle (too many redirects)",
    "leads-to-disk": "is no address of a file on the web",
    "part": "answered with a part of the file (206)",
    "odd-length": "states a length that is no number",
    "huge": "is larger than 100 MB",
    "bomb": "is larger than 100 MB",
}


@pytest.mark.parametrize("path", FAULTS)
def test_fault_on_the_way_is_one_sentence(
    imports: Path, served: Served, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = in_use(imports)
    address = served.at(path)
    wait = "1" if path in ("stalls", "silent") else "30"
    status = explainer_here("refresh", "--from", address, "--wait", wait, "--tries", "1")
    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    asking, sentence = said.err.split("\n", 1)
    assert asking.startswith("asking for")
    assert sentence == f"explainer: {address}: {FAULTS[path]}{REMEDY}"
    assert in_use(imports) == before


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("page", "is a web page, not the file behind it; "),
        ("short-length", "begins as a zip or workbook but is cut off or damaged; "),
        ("empty", "the file is empty; "),
    ],
)
def test_what_comes_is_no_table(
    imports: Path, served: Served, path: str, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = in_use(imports)
    assert explainer_here("refresh", "--from", served.at(path), "--tries", "1") == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3
    assert said[-1].startswith(f"explainer: {served.at(path)}: {fault}")
    assert in_use(imports) == before


@pytest.mark.parametrize("path", ["odd-type", "moved"])
def test_sound_content_is_taken_whatever_it_is_called(
    imports: Path, served: Served, path: str
) -> None:
    assert explainer_here("refresh", "--from", served.at(path), "--tries", "1") == 0
    assert store.imported() == ["2027", "2028"]


def test_server_that_stumbles_is_asked_again(tmp_path: Path, served: Served) -> None:
    slept: list[float] = []
    file, address = fetch([served.at("flaky")], tmp_path, pause=slept.append)
    assert file.read_bytes() == served.content
    assert (served.asked["/flaky"], slept) == (3, [1.0, 2.0])
    assert address == served.at("flaky")


def test_refusal_is_not_asked_again_but_the_next_address_is(tmp_path: Path, served: Served) -> None:
    places = [served.at("status/404"), served.at("sound")]
    _, address = fetch(places, tmp_path)
    assert address == places[1]
    assert served.asked["/status/404"] == 1


def test_file_that_drips_ends_in_time(tmp_path: Path, served: Served) -> None:
    with pytest.raises(ExplainerError, match="did not arrive within 0 seconds"):
        fetch([served.at("huge")], tmp_path, longest=0.0)


def test_server_that_drips_byte_by_byte_is_left(tmp_path: Path, served: Served) -> None:
    begun = time.monotonic()
    with pytest.raises(ExplainerError, match="did not arrive within 1 second;"):
        fetch([served.at("drips")], tmp_path, longest=1.0)
    assert time.monotonic() - begun < 15


def test_nobody_listens(imports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
    assert explainer_here("refresh", "--from", address, "--tries", "1") == 2
    assert f"{address}: refuses the connection; nothing was changed" in capsys.readouterr().err


def test_same_file_again_is_already_there(imports: Path, served: Served) -> None:
    refresh(addresses=[served.at("sound")])
    before = in_use(imports)
    assert refresh(addresses=[served.at("sound")]) == [
        f"release 2028 is already there, from this very file ({imports / 'release-2028.zip'})"
    ]
    assert in_use(imports) == before


def test_revised_file_of_a_release_is_compared_with_what_it_replaces(imports: Path) -> None:
    with serving(made.whole_release(2027, raised=1.01)) as served:
        with pytest.raises(ExplainerError, match="release 2027 was already imported on"):
            refresh(addresses=[served.at("sound")])
        lines = refresh(addresses=[served.at("sound")], replace=True)
    assert "releases 2027 and 2027 on the same year (two tellings of it, not a trend)" in lines
    assert any("54.4 million" in line and "54.9 million" in line for line in lines)
    assert not load_estimates("2027").empty


def test_address_comes_from_the_variable(
    imports: Path, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXPLAINER_ADDRESS_WHO", served.at("sound"))
    assert addresses_of("who") == (served.at("sound"),)
    assert addresses_of("unaids") == SOURCES["unaids"].addresses
    assert refresh("who")[0].startswith("release 2028")


def test_unknown_source_or_address_is_one_sentence(tmp_path: Path) -> None:
    ran = explainer("refresh", "--source", "cdc", cwd=tmp_path)
    assert_refused(ran, "no source cdc; choose unaids, aidsinfo, who, worldbank, owid")
    with pytest.raises(ExplainerError, match="file:///etc/passwd: is no web address; begin it"):
        addresses_of("unaids", ["file:///etc/passwd"])


def test_every_documented_address_is_secure() -> None:
    assert set(SOURCES) == {"unaids", "aidsinfo", "who", "worldbank", "owid"}
    for source in SOURCES.values():
        assert all(address.startswith("https://") for address in source.addresses)
