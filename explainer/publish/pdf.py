"""The report on paper: the same page, printed to PDF by a browser that is on the machine."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.publish import digest

VARIABLE = "EXPLAINER_BROWSER"
BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "msedge",
)  # fmt: skip
ELSEWHERE = (  # where Windows and macOS keep them, off the path
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
SECONDS = 120
_PRINT = (
    "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
    "--export-tagged-pdf", "--generate-pdf-document-outline",
)  # fmt: skip
_PAPER = "<style>@page { size: A4; } @page wide { size: A4 landscape; }</style></head>"
_NEIGHBOUR = re.compile(r' href="(?!https?:|mailto:|data:|#)[^"]*"')  # pages that paper has not


def browser() -> str:
    """Path of the Chromium, Chrome or Edge that prints.

    Raises
    ------
    ExplainerError
        If none is installed, or the one named in ``EXPLAINER_BROWSER`` is not there.
    """
    named = os.environ.get(VARIABLE)
    if named:
        found = shutil.which(named)
        if not found:
            raise ExplainerError(f"{VARIABLE}: {named} is no program; name a Chromium, or unset it")
        return found
    known = (shutil.which(name) for name in (*BROWSERS, *ELSEWHERE))
    found = next(filter(None, known), None)
    if not found:
        raise ExplainerError(
            f"a PDF needs a browser to print it and none was found; install Chromium, Chrome or "
            f"Edge, or name one in {VARIABLE}"
        )
    return found


def printed(page: str, *, frozen: str) -> bytes:
    """The page as a tagged PDF with an outline, the same bytes each time.

    Parameters
    ----------
    page : str
        HTML of a report.
    frozen : str
        The data's freeze date (ISO): the date the PDF bears, as it has no clock.

    Raises
    ------
    ExplainerError
        If there is no browser or it cannot print.
    """
    program = browser()
    with tempfile.TemporaryDirectory(prefix="explainer-print-") as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        html = _NEIGHBOUR.sub("", page.replace("</head>", _PAPER, 1))
        source.write_text(html, encoding="utf-8")
        root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        where = [f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
        _run([program, *_PRINT, *root, *where])
        if not target.exists():
            raise ExplainerError(f"{program}: printed nothing; name another in {VARIABLE}")
        return _dated(target.read_bytes(), page, frozen)


def _run(command: list[str]) -> None:
    """Let the browser print; it says nothing of use, and must not hang."""
    try:
        subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
    except subprocess.TimeoutExpired:
        reason = f"it took more than {SECONDS} seconds"
    except (OSError, subprocess.CalledProcessError) as error:
        reason = str(error).splitlines()[0][-200:]
    else:
        return
    raise ExplainerError(
        f"{command[0]}: could not print the page ({reason}); name another browser in {VARIABLE}"
    )


def _dated(content: bytes, page: str, frozen: str) -> bytes:
    """The PDF with the data's date in place of the clock's, and the page's stamp."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(content))
    date = datetime.fromisoformat(frozen).replace(tzinfo=UTC).strftime("D:%Y%m%d000000Z")
    title = str(writer.metadata.title) if writer.metadata else ""
    writer.metadata = None
    writer.add_metadata({
        "/Title": title, "/CreationDate": date, "/ModDate": date, "/Producer": "HIV explainer",
        digest.PDF_KEY: digest.meta_of(page),
    })  # fmt: skip
    writer.compress_identical_objects()  # a hatched bar brings its pattern along each time
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
