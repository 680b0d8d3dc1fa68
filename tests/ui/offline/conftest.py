"""A server on this machine's loopback that answers well, badly, slowly and falsely, and remembers who asked."""

import struct
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest


def png(width: int = 6, height: int = 4, level: int = 120) -> bytes:
    """Return a grey PNG."""
    rows = (b"\0" + bytes([level]) * width) * height

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def bomb() -> bytes:
    """Return a small PNG whose head promises 30,000 × 30,000 pixels."""
    data = bytearray(png())
    data[16:24] = struct.pack(">II", 30_000, 30_000)
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    return bytes(data)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="red"/></svg>'
SCRIPTED = SVG.replace(b"</svg>", b"<script>alert(1)</script></svg>")
PAGE = b"<!DOCTYPE html><html><body>Not found, but politely</body></html>"
BODIES = {
    "good.png": png(), "twin.png": png(), "other.png": png(level=9), "good.svg": SVG, "scripted.svg": SCRIPTED,
    "page.png": PAGE, "words.png": b"plain words", "bomb.png": bomb(), "half.png": png(400, 400)[:-40],
}  # fmt: skip


class Server(ThreadingHTTPServer):
    """Answers `/name` with BODIES, and some paths with mischief; `asked` holds (path, headers) in order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.let_go = threading.Event()  # what hangs ends
        self.at_once = self.most_at_once = 0
        self.counting = threading.Lock()

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.server_port}/{path}"

    @property
    def paths(self) -> list[str]:
        """Return what was asked for."""
        return [path for path, _headers in self.asked]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is what many of these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    moved: ClassVar[dict[str, str]] = {
        "to-good": "/good.png", "to-file": "file:///etc/passwd", "to-data": "data:image/png;base64,AAAA",
        "round": "/round", "to-404": "/nothing.png",
    }  # fmt: skip

    def do_GET(self) -> None:
        path = self.path.lstrip("/")
        server = self.server
        with server.counting:
            server.asked.append((path, dict(self.headers.items())))
            server.at_once += 1
            server.most_at_once = max(server.most_at_once, server.at_once)
        try:
            self.answer(path)
        finally:
            with server.counting:
                server.at_once -= 1

    def answer(self, path: str) -> None:
        if path in self.moved:
            self.send_response(302)
            self.send_header("Location", self.moved[path])
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path == "declared-large.png":
            self.head(50_000_000)
            self.server.let_go.wait(5)
        elif path == "endless.png":
            self.head(None)
            while not self.server.let_go.is_set():
                self.wfile.write(png() + b"\0" * 65_536)
        elif path.startswith("hanging"):
            self.server.let_go.wait(10)
            self.head(len(BODIES["good.png"]))
            self.wfile.write(BODIES["good.png"])
        elif path == "dripping.png":
            self.head(1_000)
            while not self.server.let_go.wait(0.02):
                self.wfile.write(b"\x89")
                self.wfile.flush()
        elif path == "cut.png":
            self.head(10_000)
            self.wfile.write(png())
        elif path.startswith("brief"):
            self.server.let_go.wait(0.05)
            self.head(len(BODIES["good.png"]))
            self.wfile.write(BODIES["good.png"])
        elif path == "secret.png":
            self.send_response(401)
            self.send_header("WWW-Authenticate", "Basic realm=x")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path in BODIES:
            self.head(len(BODIES[path]))
            self.wfile.write(BODIES[path])
        else:
            self.send_response(404)
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

    def head(self, length: int | None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/png")  # whatever comes
        self.send_header("Set-Cookie", "who=you; Path=/")
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    """Run the server for one test."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.let_go.set()
    server.shutdown()
    server.server_close()
    thread.join()
