"""Fetch one file from the web: whole, of a sane size, in a sane time, or one sentence."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from explainer.errors import ExplainerError
from explainer.tables.readers import limits
from explainer.wording import counted

if TYPE_CHECKING:
    import requests

WAIT = 30.0  # seconds without a byte
LONGEST = 900.0  # seconds for a whole file
TRIES = 3
_AGENT = "hiv-explainer (analysis tool; one request per file)"


class TooMuchError(Exception):
    """More bytes or more time than a published file can need, or less than the whole of it."""


class _Capped:
    """A file that refuses to grow beyond reason."""

    def __init__(self, stream: BinaryIO, most: int, longest: float) -> None:
        self._stream, self._most, self._until = stream, most, time.monotonic() + longest
        self._longest, self._size = longest, 0

    def write(self, chunk: bytes) -> int:
        self._size += len(chunk)
        if self._size > self._most:
            raise TooMuchError(f"is larger than {self._most / 1e6:,.0f} MB")
        if time.monotonic() > self._until:
            raise TooMuchError(f"did not arrive within {counted(self._longest, 'second')}")
        return self._stream.write(chunk)

    def flush(self) -> None:
        """Nothing: the file is whole when it is closed."""


def fetch(
    addresses: Sequence[str],
    folder: Path,
    *,
    wait: float = WAIT,
    longest: float = LONGEST,
    most: int = limits.FILE_BYTES,
    tries: int = TRIES,
    pause: Callable[[float], None] = time.sleep,
) -> tuple[Path, str]:
    """Download the first of the addresses that answers; give the file and its address.

    Parameters
    ----------
    addresses : sequence of str
        Where the file may lie; the next is tried where one says that it is not there.
    folder : Path
        Where the file is put.
    wait, longest : float
        Seconds to wait for the next byte, and for the whole file.
    most : int
        Bytes a file may have.
    tries : int
        How often an address is asked that fails in passing.
    pause : callable
        Sleeps between two tries.

    Raises
    ------
    ExplainerError
        If none of them gives a whole file: one sentence.
    """
    failures = []
    for place, address in enumerate(addresses):
        for turn in range(tries):
            target = folder / f"download-{place}-{turn}"
            failure, is_passing = _once(address, target, wait, longest, most)
            if failure is None:
                return target, address
            if not is_passing:
                break
            if turn + 1 < tries:
                pause(2.0**turn)
        failures.append(f"{address}: {failure}")
    raise ExplainerError(
        f"{'; '.join(failures)}; nothing was changed: try again later, download the file in a "
        "browser and use explainer import, or name another address with --from"
    )


def _once(
    address: str, target: Path, wait: float, longest: float, most: int
) -> tuple[str | None, bool]:
    """One try: what went wrong in words, and whether it may pass."""
    import pooch
    import requests

    pooch.get_logger().setLevel("ERROR")
    retrieve = partial(
        pooch.retrieve, address, None, fname=target.name, path=target.parent,
        downloader=partial(_receive, wait=wait, longest=longest, most=most),
    )  # fmt: skip
    try:
        _within(longest, retrieve)
    except requests.RequestException as error:
        return _failed(error, wait)
    except TooMuchError as error:
        return str(error), False
    except OSError as error:
        return _unreachable(error), True
    except ValueError:
        return "states a length that is no number", False
    return None, False


def _receive(
    address: str, file: str, pooch_: Any, *, wait: float, longest: float, most: int
) -> None:
    """Write what an address gives into a file, as pooch asks of a downloader."""
    import pooch

    with Path(file).open("wb") as stream, ExitStack() as answers:

        def answered(answer: requests.Response, **_: object) -> None:
            answers.callback(answer.close)  # pooch leaves the connection of a failure open
            _refuse_part(answer)

        download = pooch.HTTPDownloader(
            timeout=wait, headers={"User-Agent": _AGENT}, chunk_size=65536,
            hooks={"response": answered},
        )  # fmt: skip
        download(address, _Capped(stream, most, longest), pooch_)


def _within(longest: float, call: Callable[[], object]) -> None:
    """Call, but not for longer: a server may drip its bytes, or never end its headers."""
    failed: list[Exception] = []

    def run() -> None:
        try:
            call()
        except Exception as error:  # told where the caller waits
            failed.append(error)

    worker = threading.Thread(target=run, daemon=True)  # a stuck one ends with the program
    worker.start()
    worker.join(longest)
    if worker.is_alive():
        raise TooMuchError(f"did not arrive within {counted(longest, 'second')}")
    if failed:
        raise failed[0]


def _refuse_part(answer: requests.Response) -> None:
    """Nobody asked for a part of the file: taken as the whole it would lose the rest."""
    if answer.status_code == 206:
        raise TooMuchError("answered with a part of the file (206)")


def _failed(error: requests.RequestException, wait: float) -> tuple[str, bool]:
    """What went wrong with a request in words, and whether it may pass."""
    from requests import exceptions

    if isinstance(error, exceptions.HTTPError) and error.response is not None:
        answer = error.response
        return f"answered {answer.status_code} {answer.reason}".rstrip(), answer.status_code >= 500
    if isinstance(error, exceptions.TooManyRedirects):
        return "leads in a circle (too many redirects)", False
    if isinstance(error, exceptions.Timeout):
        return f"sent nothing for {counted(wait, 'second')}", True
    if isinstance(error, exceptions.ChunkedEncodingError | exceptions.ContentDecodingError):
        return "broke off before the whole file had come", True
    if isinstance(error, exceptions.InvalidURL | exceptions.InvalidSchema):
        return "is no address of a file on the web", False
    return _unreachable(error), True


def _unreachable(error: Exception) -> str:
    """Why no file came, short of the libraries' own words."""
    said = str(error).lower()
    if "timed out" in said:
        return "fell silent midway"
    if "resolve" in said or "name or service" in said:
        return "cannot be found (is this machine online?)"
    if "refused" in said:
        return "refuses the connection"
    if "certificate" in said:
        return "has no certificate this machine trusts"
    return "cannot be reached"
