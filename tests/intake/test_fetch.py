"""URLs: public addresses only, within limits, also behind redirects. The server stands on this machine."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord.errors import InputError
from onrecord.intake.fetch import fetched, is_public
from onrecord.intake.received import LARGEST_PAGE


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/page":
            self._answer(200, b"Rain fell on the camp.")
        elif self.path == "/moved":
            self._answer(302, b"", Location="/page")
        elif self.path == "/loop":
            self._answer(302, b"", Location="/loop")
        elif self.path == "/to-private":
            self._answer(302, b"", Location="http://10.0.0.1/secret")
        elif self.path == "/to-file":
            self._answer(302, b"", Location="file:///etc/passwd")
        elif self.path == "/to-nowhere":
            self._answer(302, b"", Location="http://[half/")
        elif self.path == "/broken":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"Rain fell on the")
        elif self.path == "/drip":
            with contextlib.suppress(OSError):  # the fetcher hangs up in the end
                for letter in b"HTTP/1.0 200 OK\r\nX-Slow: " + b"x" * 1_000:
                    self.wfile.write(bytes([letter]))
                    time.sleep(0.02)
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            with contextlib.suppress(OSError):  # the fetcher hangs up at its limit
                for _ in range(LARGEST_PAGE // 65_536 + 10):
                    self.wfile.write(b"x" * 65_536)
        else:
            self._answer(404, b"")

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    pages = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{pages.server_port}"
    pages.shutdown()
    pages.server_close()


def here(address: str) -> bool:
    """For these tests alone this machine counts as public."""
    return address == "127.0.0.1"


def test_a_page_is_fetched_also_behind_a_redirect(server: str) -> None:
    assert fetched(f"{server}/page", allowed=here).content == b"Rain fell on the camp."
    assert fetched(f"{server}/moved", allowed=here).url == f"{server}/page"


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/none", "404"),
        ("/loop", "redirects"),
        ("/to-private", "private"),
        ("/to-file", "not http"),
        ("/to-nowhere", "no address"),
        ("/broken", "broke off after 16 bytes"),
        ("/endless", "MB"),
    ],
)
def test_what_goes_wrong_is_said(server: str, path: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        fetched(f"{server}{path}", allowed=here)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://0/",
    ],
)
def test_private_and_local_addresses_are_refused_however_they_are_written(url: str) -> None:
    with pytest.raises(InputError, match=r"private or local|not known"):
        fetched(url)


@pytest.mark.parametrize(
    "url", ["http://user:secret@example.org/", "http://[bad/", "https:///nohost", "http://example.org:99999/"]
)
def test_malformed_addresses_are_refused(url: str) -> None:
    with pytest.raises(InputError):
        fetched(url)


def test_only_public_addresses_are_public() -> None:
    assert is_public("8.8.8.8")
    assert not any(map(is_public, ("fd00:ec2::254", "fe80::1%eth0", "224.0.0.1", "nonsense", "")))


def test_a_server_that_sends_a_byte_now_and_then_is_left(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.intake.fetch.SECONDS_IN_ALL", 0.3)
    with pytest.raises(InputError, match="took longer"):
        fetched(f"{server}/drip", allowed=here)
