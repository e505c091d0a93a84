"""A web server of one's own, with every fault that a real one may have."""

from __future__ import annotations

import gzip
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = b"<!doctype html><html><body>Please accept our cookies</body></html>"
MEGABYTE = b"\x00" * 1_000_000


class Served:
    """A running server: its address, and how often each path was asked for."""

    def __init__(self, content: bytes) -> None:
        self.asked: Counter[str] = Counter()
        self.content = content
        self.done = threading.Event()
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                served.asked[path] += 1
                getattr(served, "answer_" + path.strip("/").split("/")[0].replace("-", "_"))(self)

            def log_message(self, *_: object) -> None:
                """Nothing: a test's output is its own."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_: object) -> None:
                """A reader that hangs up is no news."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/{path}"

    def send(
        self,
        handler: BaseHTTPRequestHandler,
        body: bytes,
        *,
        status: int = 200,
        kind: str = XLSX,
        length: int | None = None,
        **headers: str,
    ) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    def answer_sound(self, handler: BaseHTTPRequestHandler) -> None:
        self.send(handler, self.content)

    def answer_status(self, handler: BaseHTTPRequestHandler) -> None:
        self.send(handler, PAGE, status=int(handler.path.split("/")[2]), kind="text/html")

    def answer_flaky(self, handler: BaseHTTPRequestHandler) -> None:
        if self.asked[handler.path] < 3:
            self.send(handler, PAGE, status=503, kind="text/html")
        else:
            self.send(handler, self.content)

    def answer_stalls(self, handler: BaseHTTPRequestHandler) -> None:
        body, rest = self.content[:2000], len(self.content)
        self.send(handler, body, length=rest)
        self.done.wait(20)

    def answer_silent(self, handler: BaseHTTPRequestHandler) -> None:
        self.done.wait(20)

    def answer_cut_off(self, handler: BaseHTTPRequestHandler) -> None:
        self.send(handler, self.content[:-300], length=len(self.content))

    def answer_short_length(self, handler: BaseHTTPRequestHandler) -> None:
        self.send(handler, self.content, length=len(self.content) - 300)

    def answer_page(self, handler: BaseHTTPRequestHandler) -> None:
        self.send(handler, PAGE)

    def answer_odd_type(self, handler: BaseHTTPRequestHandler) -> None:
        self.send(handler, self.content, kind="text/html; charset=utf-8")

    def answer_loop(self, handler: BaseHTTPRequestHandler) -> None:
        self.send(handler, b"", status=302, Location=handler.path)

    def answer_moved(self, handler: BaseHTTPRequestHandler) -> None:
        self.send(handler, b"", status=301, Location="/sound/HIV.xlsx")

    def answer_leads_to_disk(self, handler: BaseHTTPRequestHandler) -> None:
        self.send(handler, b"", status=302, Location="file:///etc/hostname")

    def answer_huge(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(400):
            handler.wfile.write(MEGABYTE)

    def answer_bomb(self, handler: BaseHTTPRequestHandler) -> None:
        self.send(handler, gzip.compress(MEGABYTE * 300, 9), Content_Encoding="gzip")

    def answer_part(self, handler: BaseHTTPRequestHandler) -> None:
        self.send(handler, self.content[:2000], status=206)

    def answer_drips(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not self.done.wait(0.2):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    def answer_odd_length(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "many")
        handler.end_headers()
        handler.wfile.write(self.content)

    def answer_empty(self, handler: BaseHTTPRequestHandler) -> None:
        self.send(handler, b"")


@contextmanager
def serving(content: bytes) -> Iterator[Served]:
    """Serve a file, and its faults, until the block ends."""
    served = Served(content)
    thread = threading.Thread(target=served.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.done.set()
        served.server.shutdown()
        served.server.server_close()
        thread.join()
