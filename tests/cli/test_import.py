"""``explainer import FILE``: a release more, whole, and used only where it is named."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.paths import data_dir, import_file
from explainer.tables import (
    bibliography,
    check_chapters,
    cite,
    default_release,
    full_releases,
    load_cascade,
    load_estimates,
    releases,
    store,
)
from explainer.tables.check import check_tables
from explainer.tables.keeping import keep, shown_name
from tests.cli.conftest import assert_refused, explainer, write_notebook
from tests.tables.readers import made
from tests.tables.readers.conftest import SAMPLES, needs_samples

WORKBOOK = SAMPLES / "workbook_2025_edited" / "HIV_estimates_from_1990-to-2025.xlsx"


def hashes() -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in data_dir().iterdir()
    }


@pytest.fixture
def imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of imported releases that the loaders look into."""
    folder = tmp_path / "releases"
    monkeypatch.setenv("EXPLAINER_IMPORTS_DIR", str(folder))
    return folder


def saved(tmp_path: Path, content: bytes, name: str = "download.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_import_keeps_a_release_beside_the_others(tmp_path: Path) -> None:
    before = hashes()
    saved(tmp_path, made.whole_release(2027))
    ran = explainer("import", "download.xlsx", "--into", "mine", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "release 2027 of UNAIDS (row 3 of sheet HIV2027Estimates_ByYear)",
        "kept      444 rows of hiv_estimates; 2 countries",
        "wrote     mine/release-2027.zip",
        "use it by its name: set EXPLAINER_IMPORTS_DIR to mine, then "
        'load_estimates("2027") or --release 2027; nothing else changes',
    ]
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["release-2027.zip"]
    assert hashes() == before
    again = explainer("import", "download.xlsx", "--into", "mine", cwd=tmp_path)
    assert again.out == (
        "release 2027 is already there, from this very file (mine/release-2027.zip)\n"
    )


def test_what_was_not_read_is_told_where_it_is_kept_too(tmp_path: Path) -> None:
    saved(tmp_path, made.WHO.replace("Year,2000", "Year,2000*").encode(), "who.csv")
    ran = explainer("import", "who.csv", "--into", "mine", cwd=tmp_path)
    assert ran.status == 0
    assert "not read  1 cell: in a row whose period is no year" in ran.out.splitlines()
    assert "compared  1 of 1 figures of hiv_estimates in use too say the same" in ran.out


@pytest.mark.parametrize("kind", ["workbook 2025", "aidsinfo bulk zip"])
def test_indicator_that_a_file_names_itself_is_told(tmp_path: Path, kind: str) -> None:
    saved(tmp_path, made.FILES[kind])
    arguments = ("import", "download.xlsx", "--indicator", "plhiv", "--into", "mine")
    ran = explainer(*arguments, cwd=tmp_path)
    assert ran.status == 0
    line = "not read  --indicator plhiv: is not needed, the file names what it measures itself"
    assert line in ran.out.splitlines()


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_indicator_that_contradicts_the_file_is_refused(
    tmp_path: Path, dry: tuple[str, ...]
) -> None:
    saved(tmp_path, made.BULK.encode(), "bulk.csv")
    arguments = ("import", "bulk.csv", "--indicator", "aids_deaths", "--into", "mine")
    ran = explainer(*arguments, *dry, cwd=tmp_path)
    assert_refused(
        ran,
        "bulk.csv: --indicator says aids_deaths, but the file names what it measures itself: "
        "plhiv; leave --indicator out",
    )


def test_figures_that_are_not_those_of_the_release_in_use_are_refused(tmp_path: Path) -> None:
    saved(tmp_path, made.whole_release(2025))
    ran = explainer("import", "download.xlsx", "--into", "mine", cwd=tmp_path)
    assert ran.status == 2
    assert ran.err.startswith("explainer: download.xlsx: only ")
    assert ran.err.endswith(
        "figures of hiv_estimates say what the same release in use says; look at the file with "
        "--dry-run, or download it again\n"
    )
    assert not (tmp_path / "mine").exists()


def test_a_count_by_sex_or_a_year_out_of_reach_is_no_traceback(tmp_path: Path) -> None:
    bulk = made.BULK.replace("All ages", "Females").replace("PLWH", "PERCENT_PLWH")
    saved(tmp_path, bulk.encode(), "bulk.csv")
    ran = explainer("import", "bulk.csv", "--into", "mine", cwd=tmp_path)
    assert "Traceback" not in ran.err
    assert ran.status in (0, 2)
    saved(tmp_path, made.WHO.replace("Year,2023", "Year,1971").encode(), "old.csv")
    assert "Traceback" not in explainer("import", "old.csv", "--into", "mine", cwd=tmp_path).err


def test_of_two_imports_at_once_one_is_told(tmp_path: Path, imports: Path) -> None:
    path = import_file("2027")
    store.put(b"the other import", path)
    with pytest.raises(ExplainerError, match="another import has just put this release there"):
        store.put(b"this one", path)
    assert path.read_bytes() == b"the other import"
    assert [one.name for one in imports.iterdir()] == [path.name]
    store.put(b"this one", path, replace=True)
    assert path.read_bytes() == b"this one"


def test_release_that_became_a_bomb_or_a_pipe_is_refused(imports: Path) -> None:
    path = import_file("2027")
    store.put(made.packed({"provenance.json": b"{" + b" " * 300_000_000}), path)
    with pytest.raises(ExplainerError, match="import the release again with --replace"):
        store.find("2027")
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(ExplainerError, match="is no file"):
        store.find("2027")


def test_login_in_an_address_is_not_kept(tmp_path: Path, imports: Path) -> None:
    file = saved(tmp_path, made.whole_release(2027))
    keep(file, address="https://me:secret@example.org/HIV.xlsx")
    kept = store.find("2027")
    assert kept is not None
    assert kept.provenance.address == "https://example.org/HIV.xlsx"
    assert b"secret" not in import_file("2027").read_bytes()


def test_folder_of_a_stranger_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLAINER_IMPORTS_DIR", "~no-such-user/x")
    with pytest.raises(ExplainerError, match="EXPLAINER_IMPORTS_DIR names ~no-such-user/x, whose"):
        import_file("2027")


def test_release_that_cannot_tell_the_chapters_says_what_it_lacks(
    tmp_path: Path, imports: Path
) -> None:
    keep(saved(tmp_path, made.whole_release(2027)))
    ran = explainer("export", "1", "--release", "2027", cwd=tmp_path)
    assert_refused(
        ran,
        "release 2027 lacks treatment coverage of the world and new infections of every region "
        "and people living with HIV of many countries and prevalence of many countries in its "
        "newest year, which the chapters tell of; import the whole workbook, or make profiles of "
        "its countries: explainer country --all --release 2027",
    )
    assert not (tmp_path / "exports").exists()
    assert explainer("country", "KEN", "--release", "2027", cwd=tmp_path).status == 0


@needs_samples
@pytest.mark.parametrize("workbook", ["workbook_2025_edited", "workbook_2019"])
def test_whole_workbook_can_tell_the_chapters(imports: Path, workbook: str) -> None:
    (file,) = (SAMPLES / workbook).glob("*.xlsx")
    check_chapters(keep(file).release)


def test_imported_release_is_used_only_by_its_name(tmp_path: Path, imports: Path) -> None:
    usual, every, newest = load_estimates(), load_estimates("all"), default_release()
    keep(saved(tmp_path, made.whole_release(2027)))
    assert default_release() == newest
    assert load_estimates().equals(usual)
    assert load_estimates("all").equals(every)
    assert releases()[-1] == full_releases()[-1] == "2027"
    named = load_estimates("2027")
    assert set(named["location"]) == {"World", "Kenya", "Mauritius"}
    assert named.dtypes.equals(usual.dtypes)
    assert load_estimates(2027, until=2000)["year"].max() == 2000


def test_file_of_unrounded_figures_is_offered_as_such(tmp_path: Path, imports: Path) -> None:
    lines = keep(saved(tmp_path, made.OWID.replace("2023", "2030").encode(), "owid.csv")).lines
    assert lines[-1] == (
        'use it by its name: load_estimates("2031", unrounded=True); nothing else changes'
    )
    assert not load_estimates("2031", unrounded=True).empty
    with pytest.raises(
        ExplainerError,
        match=r"release 2031 has no rounded figures; these have: .*; unrounded=True gives those",
    ):
        load_estimates("2031")


def test_variable_names_an_imported_release(
    tmp_path: Path, imports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(saved(tmp_path, made.whole_release(2027)))
    monkeypatch.setenv("EXPLAINER_RELEASE", "2027")
    assert default_release() == "2027"
    assert set(load_estimates()["release"]) == {"2027"}
    assert "2027" in set(load_estimates("all")["release"])


def test_import_completes_a_bundled_release(tmp_path: Path, imports: Path) -> None:
    bundled = load_estimates("2025")
    keep(saved(tmp_path, made.WORKBOOK_2025))
    both = load_estimates("2025")
    key = ["year", "location_code", "indicator"]
    assert not both.duplicated(key).any()
    assert len(both) == len(bundled.merge(both[key], on=key)) + len(both) - len(bundled)
    world = both.query("location_code == 'WLD' and year == 2024 and indicator == 'plhiv'")
    assert world["estimate"].tolist() == [40_800_000]
    assert world["source_id"].str.startswith("imported_2025_").all()
    assert load_estimates()["source_id"].str.startswith("imported").sum() == 0
    assert both.groupby("location_code")["location"].nunique().max() == 1


def test_figure_without_range_does_not_hide_one_with_a_range(tmp_path: Path, imports: Path) -> None:
    held = load_estimates("2024").query("location_code == 'KEN' and indicator == 'plhiv'")
    year = int(held["year"].max())
    text = made.BULK.replace("03M49WLD", "KEN").replace("All countries", "Kenya")
    rows = text.replace(",2024,", f",{year},").splitlines(keepends=True)[:2]
    keep(saved(tmp_path, "".join(rows).encode()))
    now = load_estimates("2024").query("location_code == 'KEN' and indicator == 'plhiv'")
    assert now.reset_index(drop=True).equals(held.reset_index(drop=True))


def test_import_is_cited_as_the_file_it_was(tmp_path: Path, imports: Path) -> None:
    content = made.whole_release(2027)
    keep(saved(tmp_path, content, "HIV_estimates.xlsx"))
    source_id = load_estimates("2027")["source_id"].iloc[0]
    digest = hashlib.sha256(content).hexdigest()
    assert source_id == f"imported_2027_{digest[:8]}"
    cited = cite(source_id)
    assert cited.startswith(
        "UNAIDS (2027). UNAIDS workbook, 2027 release, imported from HIV_estimates.xlsx on 20"
    )
    assert digest[:12] in cited
    row = bibliography([source_id, "unaids_workbook_2025"]).set_index("source_id")
    assert list(row.index) == ["unaids_workbook_2025", source_id]
    assert digest in row.loc[source_id, "how_read"]


def test_another_file_of_the_release_needs_a_word(tmp_path: Path, imports: Path) -> None:
    keep(saved(tmp_path, made.whole_release(2027), "first.xlsx"))
    held = (imports / "release-2027.zip").read_bytes()
    day = json.loads(zipfile.ZipFile(imports / "release-2027.zip").read("provenance.json"))["date"]
    saved(tmp_path, made.whole_release(2027, raised=1.1), "second.xlsx")
    refused = explainer("import", "second.xlsx", cwd=tmp_path)
    assert_refused(
        refused,
        f"second.xlsx: release 2027 was already imported on {day} from first.xlsx "
        "(UNAIDS workbook); add --replace to put this file in its place",
    )
    assert (imports / "release-2027.zip").read_bytes() == held
    ran = explainer("import", "second.xlsx", "--replace", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    newest = load_estimates("2027").query("location == 'World' and year == 1990")
    assert newest.set_index("indicator").loc["plhiv", "estimate"] == 44_000_000


def test_row_that_breaks_a_rule_is_left_out_and_told(tmp_path: Path, imports: Path) -> None:
    rows = [list(row) for row in made.ESTIMATES_2025]
    rows[7][7], rows[7][8] = rows[7][8], rows[7][7]
    many = rows + [[2024, "KEN", "Kenya", 1, 1, 1, year, year, year] for year in range(1)]
    many += [[year, "MUS", "Mauritius", 1, 1, 1, 9, 9, 9] for year in range(1990, 2020)]
    path = saved(tmp_path, made.xlsx({"HIV2025Estimates_ByYear": many}))
    lines = keep(path).lines
    assert (
        "left out  1 row for hiv_estimates, the first World, 2024, plhiv: "
        "low 45,600,000 is above estimate 40,800,000"
    ) in lines
    assert store.find("2025").provenance.left_out == (lines[2].removeprefix("left out  "),)
    upside_down = saved(tmp_path, made.xlsx({"HIV2025Estimates_ByYear": rows}))
    with pytest.raises(ExplainerError, match="1 of 9 rows for hiv_estimates break the rule that"):
        keep(upside_down, replace=True)


def test_damaged_import_is_told_and_hurts_nothing_else(tmp_path: Path, imports: Path) -> None:
    keep(saved(tmp_path, made.whole_release(2027)))
    path = imports / "release-2027.zip"
    whole = path.read_bytes()
    for content in (whole[:-200], b"", whole.replace(b"PK", b"XX")):
        path.write_bytes(content)
        assert default_release() == "2025"
        assert not load_estimates().empty
        with pytest.raises(ExplainerError, match="damaged or was changed since it was imported"):
            load_estimates("2027")
        assert check_tables()[0].startswith(f"{path}: is damaged or was changed")
    keep(tmp_path / "download.xlsx", replace=True)
    assert path.read_bytes() == whole


def test_edited_import_is_not_trusted(tmp_path: Path, imports: Path) -> None:
    keep(saved(tmp_path, made.whole_release(2027)))
    path = imports / "release-2027.zip"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["hiv_estimates.csv"] = parts["hiv_estimates.csv"].replace(b"World", b"Worlt", 1)
    path.write_bytes(made.packed(parts))
    with pytest.raises(ExplainerError, match="was changed since it was imported"):
        load_estimates("2027")


@pytest.mark.parametrize(
    "arguments",
    [("export", "1", "--release", "2031"), ("country", "KEN", "--release", "2031"),
     ("compare", "2025", "2031"), ("check",)],
    ids=lambda arguments: arguments[0],
)  # fmt: skip
def test_release_named_by_another_year_is_not_taken(
    tmp_path: Path, imports: Path, arguments: tuple[str, ...]
) -> None:
    keep(saved(tmp_path, made.whole_release(2027)))
    path = imports / "release-2031.zip"
    (imports / "release-2027.zip").rename(path)
    ran = explainer(*arguments, cwd=tmp_path)
    assert_refused(
        ran,
        f"{path}: holds release 2027, not the one it is named by; give it back the name "
        "release-2027.zip, or remove it",
    )
    with pytest.raises(ExplainerError, match="holds release 2027, not the one"):
        load_estimates("2031")
    path.write_bytes(path.read_bytes()[:-3_000])
    ran = explainer(*arguments, cwd=tmp_path)
    assert_refused(
        ran,
        f"{path}: is damaged or was changed since it was imported; import the release again with "
        "--replace, or remove it",
    )


def test_rows_of_another_release_inside_are_not_taken(tmp_path: Path, imports: Path) -> None:
    keep(saved(tmp_path, made.whole_release(2027)))
    kept = store.find("2027")
    assert kept is not None
    other = {name: frame.assign(release="2026") for name, frame in kept.tables.items()}
    store.put(store.packed(kept.provenance, other), imports / "release-2027.zip", replace=True)
    with pytest.raises(ExplainerError, match="is damaged or was changed since it was imported"):
        load_estimates("2027")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size for a process")
def test_full_disk_leaves_the_release_that_stands(tmp_path: Path, imports: Path) -> None:
    keep(saved(tmp_path, made.whole_release(2027), "first.xlsx"))
    held = (imports / "release-2027.zip").read_bytes()
    saved(tmp_path, made.whole_release(2027, raised=1.1), "second.xlsx")
    most = len(held) // 2  # no file may grow beyond: the disk of this process is full
    full = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))"
    program = f"{full}; from explainer.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "import", "second.xlsx", "--replace"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"explainer: {imports / 'release-2027.zip'}: not written (")
    assert [path.name for path in imports.iterdir()] == ["release-2027.zip"]
    assert (imports / "release-2027.zip").read_bytes() == held


def test_rows_are_written_as_in_the_bundled_tables(tmp_path: Path, imports: Path) -> None:
    keep(saved(tmp_path, made.WORKBOOK_2025))
    with zipfile.ZipFile(imports / "release-2025.zip") as archive:
        written = archive.read("hiv_estimates.csv").decode().splitlines()
    bundled = (data_dir() / "hiv_estimates.csv").read_text(encoding="utf-8").splitlines()
    assert written[0] == bundled[0]
    world = "2025,2024,World,WLD,world,plhiv,all ages,people,true,40800000,,37000000,,45600000,,"
    assert any(line.startswith(world) for line in written)
    assert any(line.startswith(world) for line in bundled)


def test_unfinished_files_are_no_releases(tmp_path: Path, imports: Path) -> None:
    imports.mkdir()
    for name in (".release-2027.zip.abc.part", "release-2027.zip.part", "release-27.zip", "notes"):
        (imports / name).write_bytes(b"")
    assert store.imported() == []
    assert "2027" not in releases()


def test_file_with_nothing_for_the_tables_is_refused(tmp_path: Path, imports: Path) -> None:
    rows = [row[:3] + row[9:12] for row in map(list, made.ESTIMATES_2025[4:])]
    content = made.xlsx({"HIV2025Estimates_ByYear": [*made.ESTIMATES_2025[:4], *rows]})
    with pytest.raises(ExplainerError, match="holds no figure for hiv_estimates or treatment"):
        keep(saved(tmp_path, content))
    assert not imports.exists()


def test_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    saved(tmp_path, made.WORKBOOK_2025)
    (tmp_path / "taken").write_text("a file")
    ran = explainer("import", "download.xlsx", "--into", "taken", cwd=tmp_path)
    assert ran.status == 2
    assert ran.err.startswith("explainer: taken/release-2025.zip: not written (")
    assert (tmp_path / "taken").read_text() == "a file"


def test_name_of_a_file_steers_no_terminal_and_no_spreadsheet() -> None:
    assert shown_name("a\x1b[31m\u202eb.xlsx") == "a??31m?b.xlsx"
    assert shown_name("bad\udcff.csv") == "bad?.csv"
    assert shown_name("x,=cmd|' C'!A0;\n@y.xlsx") == "x??cmd?? C??A0???y.xlsx"
    assert shown_name("HIV estimates (1990-2025)_v1.xlsx") == "HIV estimates (1990-2025)_v1.xlsx"


def test_citation_of_an_import_is_one_cell_of_a_csv(tmp_path: Path, imports: Path) -> None:
    keep(saved(tmp_path, made.whole_release(2027), "x,=1+1;@y.xlsx"))
    cited = cite(load_estimates("2027")["source_id"].iloc[0])
    assert "imported from x??1+1??y.xlsx on" in cited


def test_place_prints(tmp_path: Path, imports: Path) -> None:
    rows = [*made.ESTIMATES_2025, [2024, "ATA", "Ant\x1b[2Jarctica", 1, 1, 1, 9, 9, 9]]
    keep(saved(tmp_path, made.csv_text(rows).encode(), "sheet.csv"))
    assert "Ant[2Jarctica" in set(load_estimates("2025")["location"])


@pytest.mark.slow
def test_page_is_made_anew_when_the_release_it_names_is_imported(
    tmp_path: Path, imports: Path
) -> None:
    from explainer.publish.build import is_current
    from explainer.publish.profiles import export_profiles, task_of

    keep(saved(tmp_path, made.whole_release(2027)))
    out = tmp_path / "out"
    done = export_profiles(["MUS"], out=out, release="2027")
    assert done.failures == ()
    page = (out / "MUS.html").read_text(encoding="utf-8")
    assert "imported from download.xlsx" in page
    assert "<p>UNAIDS release 2027 (with an imported file) · data frozen on " in page
    task = task_of("MUS", ["html"], "2027", None)
    assert is_current(task, out)
    keep(saved(tmp_path, made.whole_release(2027, raised=1.1)), replace=True)
    assert not is_current(task, out)


@pytest.mark.slow
def test_default_pages_do_not_look_at_imports(tmp_path: Path, imports: Path) -> None:
    from explainer.publish.build import is_current
    from explainer.publish.profiles import export_profiles, task_of

    out = tmp_path / "out"
    assert export_profiles(["SWZ", "NOR"], out=out).failures == ()
    keep(saved(tmp_path, made.WORKBOOK_2025))
    assert is_current(task_of("SWZ", ["html"], None, None), out)


def test_own_notebook_names_the_release(tmp_path: Path, imports: Path) -> None:
    keep(saved(tmp_path, made.whole_release(2027)))
    cells = [
        ("md", "# Mine"),
        ("code", "import explainer as hiv\nprint('looked at', *set(hiv.load_estimates().release))"),
    ]
    write_notebook(tmp_path / "mine.ipynb", cells)
    ran = explainer("export", "mine.ipynb", "--release", "2027", "--out", "out", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert "looked at 2027" in (tmp_path / "out" / "mine.html").read_text(encoding="utf-8")


@needs_samples
@pytest.mark.slow
def test_chapter_with_every_country_is_no_larger_than_a_page_may_be(
    tmp_path: Path, imports: Path
) -> None:
    keep(WORKBOOK)
    ran = explainer("export", "1", "--release", "2025", "--to", "html", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert (tmp_path / "exports" / "01-global-epidemic.html").stat().st_size < 1_800_000


@needs_samples
def test_published_workbook_brings_every_country(imports: Path) -> None:
    before = hashes()
    keep(WORKBOOK)
    now = load_estimates("2025")
    countries = now.loc[now["location_type"] == "country", "location_code"]
    assert countries.nunique() == 153
    assert load_cascade("2025")["location_code"].nunique() > 150
    assert load_estimates()["location_code"].nunique() == 54
    assert hashes() == before
