"""A real JupyterLab with the network off, and what a reader does in it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import psutil
from playwright.sync_api import Browser, Locator, Page

from tests.conftest import ROOT

TOKEN = "only-for-this-test"
# Lab takes cells out of the page that are not in view; here all must be looked at.
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


@dataclass(frozen=True)
class Lab:
    """A running server: its address and where the notebooks lie, on disk and in its tree."""

    address: str
    notebooks: Path
    tree: str

    def ask(self, path: str, method: str = "GET") -> bytes:
        request = urllib.request.Request(f"{self.address}{path}", method=method)
        request.add_header("Authorization", f"token {TOKEN}")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return bytes(answer.read())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def own_settings(folder: Path) -> dict[str, str]:
    """Variables that keep every file of Jupyter's in ``folder``."""
    for plugin, values in SETTINGS.items():
        path = folder / "settings" / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    return {
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
    }


@contextmanager
def running_lab(folder: Path, *, is_root: bool = False) -> Iterator[Lab]:
    """JupyterLab on a copy of the chapters (it saves what it runs); ended with all its kernels."""
    notebooks = Path(shutil.copytree(ROOT / "notebooks", folder / "checkout" / "notebooks"))
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
               f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
               f"--IdentityProvider.token={TOKEN}", "--LabApp.extension_manager=readonly",
               "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]  # fmt: skip
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            command,
            cwd=notebooks.parent if is_root else notebooks,
            env=os.environ | own_settings(folder),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    started = Lab(f"http://127.0.0.1:{port}", notebooks, "notebooks/" if is_root else "")
    try:
        wait_until_up(started, process, folder / "log")
        yield started
        kernels = psutil.Process(process.pid).children(recursive=True)
        assert kernels
        started.ask("/api/shutdown", "POST")
        process.wait(timeout=30)
        _, alive = psutil.wait_procs(kernels, timeout=10)
        assert alive == []
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def wait_until_up(lab: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            lab.ask("/api/status")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"JupyterLab did not start: {log.read_text()}")


@contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    """A window that asks nobody but this machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    try:
        yield page
    finally:
        context.close()


def open_notebook(page: Page, lab: Lab, name: str) -> Locator:
    """Open a notebook; give the sign that its kernel has nothing to do."""
    page.goto(f"{lab.address}/lab/tree/{lab.tree}{name}?token={TOKEN}&reset")
    idle = page.get_by_text("Python 3 (ipykernel) | Idle")
    idle.wait_for()
    return idle


def run_all(page: Page, lab: Lab, name: str) -> None:
    """Open a notebook, run all its cells from the menu, and save it."""
    idle = open_notebook(page, lab, name)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    cells = [cell for cell in read(lab.notebooks / name).cells if cell.cell_type == "code"]
    page.locator(".jp-InputPrompt", has_text=f"[{len(cells)}]:").wait_for()
    idle.wait_for()
    with page.expect_response(lambda answer: answer.request.method == "PUT" and name in answer.url):
        page.keyboard.press("Control+s")


def add_cell(lab: Lab, name: str, source: str) -> None:
    """Put a cell of the reader's own at the end of a notebook."""
    notebook = read(lab.notebooks / name)
    notebook.cells.append(nbformat.v4.new_code_cell(source, id="my-own"))
    nbformat.write(notebook, lab.notebooks / name)


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)
