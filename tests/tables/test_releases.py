"""Which UNAIDS release is used: the newest whole one, or the one asked for."""

from __future__ import annotations

import pytest

from explainer.errors import ExplainerError
from explainer.tables import check_release, default_release, full_releases, load_estimates, releases


def test_the_default_is_the_newest_with_the_whole_series():
    assert default_release() == "2025"
    assert full_releases() == ["2019", "2024", "2025"]
    assert releases()[-1] == "2026"


def test_the_variable_names_another(monkeypatch):
    monkeypatch.setenv("EXPLAINER_RELEASE", "2024")
    assert default_release() == "2024"
    assert set(load_estimates()["release"]) == {"2024"}


@pytest.mark.parametrize("name", ["2026", "2018", "newest"])
def test_the_variable_cannot_name_a_release_without_the_series(monkeypatch, name):
    monkeypatch.setenv("EXPLAINER_RELEASE", name)
    with pytest.raises(ExplainerError) as caught:
        default_release()
    assert str(caught.value) == (
        f"EXPLAINER_RELEASE names release {name}; choose one that holds the world since 1990 "
        "with ranges: 2019, 2024, 2025"
    )


def test_a_chosen_release_is_given_back_as_text():
    assert check_release(2024) == "2024"
    with pytest.raises(ExplainerError, match="no full series in release 2022; choose one that "):
        check_release("2022")


def test_a_newer_whole_release_becomes_the_default(folder):
    path = folder.file("hiv_estimates")
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    world = [line for line in lines if line.startswith("2025,") and ",WLD," in line]
    later = [line.replace("2025,", "2027,", 1) for line in world]
    later += [
        line.replace("2027,2024,", f"2027,{year},")
        for line in later
        for year in (2025, 2026)
        if line.startswith("2027,2024,")
    ]
    path.write_text("\n".join([header, *lines, *later]) + "\n", encoding="utf-8")
    assert default_release() == "2027"


def test_tables_without_any_whole_release_say_so(folder):
    path = folder.file("hiv_estimates")
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if ",1990," not in line]
    path.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
    with pytest.raises(ExplainerError, match="hiv_estimates holds no release with the world's"):
        default_release()
