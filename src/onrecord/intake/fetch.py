"""URL -> bytes, with limits. Only http and https, only addresses that are public, checked again after each redirect.

The name is resolved once and the connection goes to the address that was checked, so a name that changes its address
between check and connection gains nothing.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from onrecord.errors import InputError
from onrecord.intake.received import LARGEST_PAGE, Received, readable

MOST_REDIRECTS = 5
SECONDS_TO_CONNECT = 10.0
SECONDS_IN_ALL = 30.0
# What stays as it is in an address (RFC 3986); everything else, such as letters of other scripts, is percent-encoded.
_SAFE = "/%?#:@!$&'()*+,;=-._~[]"
Allowed = Callable[[str], bool]
# Of IPv6 only what is assigned to the public internet (RFC 4291), without the tunnels that hold an IPv4 address of anybody's
# (6to4, RFC 3056; Teredo, RFC 4380); and IPv4 as a network without it translates it (RFC 6052).
_UNICAST = ipaddress.IPv6Network("2000::/3")
_TUNNELS = (ipaddress.IPv6Network("2002::/16"), ipaddress.IPv6Network("2001::/32"))
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    >>> is_public("127.0.0.1"), is_public("10.1.2.3"), is_public("::1"), is_public("169.254.169.254"), is_public("1.1.1.1")
    (False, False, False, False, True)
    >>> is_public("64:ff9b::a01:203"), is_public("64:ff9b::101:101"), is_public("2002:a01:203::1"), is_public("fec0::1")
    (False, True, False, False)
    """
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None or found in _TRANSLATED:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)))
        if found not in _UNICAST or any(found in tunnel for tunnel in _TUNNELS):
            return False
    return found.is_global and not found.is_multicast


def fetched(url: str, *, allowed: Allowed = is_public) -> Received:
    """The bytes behind a URL. Raises InputError for an address that is refused, an error of the server, or a limit passed."""
    deadline = time.monotonic() + SECONDS_IN_ALL
    at = url = readable(url)
    for _ in range(MOST_REDIRECTS + 1):
        if time.monotonic() > deadline:
            raise _too_slow(url)
        answer = _answer(at, name=url, allowed=allowed, deadline=deadline)
        if isinstance(answer, bytes):
            return Received(name=readable(url), content=answer, url=at, retrieved=datetime.now(UTC))
        at = _redirected(at, answer, name=url)
    raise InputError(url, f"it redirects more than {MOST_REDIRECTS} times", "give the final address")


def _redirected(at: str, to: str, *, name: str) -> str:
    try:
        return urljoin(at, to)
    except ValueError:
        raise InputError(name, f"it redirects to {to[:200]!r}, no address", "give the final address") from None


def _too_slow(name: str) -> InputError:
    return InputError(name, f"it took longer than {SECONDS_IN_ALL:.0f} seconds", "save the page and add the file")


def _answer(url: str, *, name: str, allowed: Allowed, deadline: float) -> bytes | str:
    """The body behind one address, or the address that it redirects to."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise InputError(name, "the address is malformed", "give an address like https://example.org/page") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(name, f"{parts.scheme or 'no scheme'} is not http or https", "give an http or https address")
    if parts.username or parts.password:
        raise InputError(name, "the address holds a password", "give an address without one")
    address = _checked_address(
        parts.hostname, port or (443 if parts.scheme == "https" else 80), name=name, allowed=allowed
    )
    connection = _connection(parts, address)
    watch = _Watch(deadline)
    try:
        connection.connect()
        watch.over(connection.sock)
        path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_SAFE)
        headers = {"Accept": "text/html, text/plain;q=0.9", "Accept-Encoding": "identity", "User-Agent": "OnRecord/0.1"}
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        if response.status in (301, 302, 303, 307, 308) and (location := response.getheader("Location")):
            return location
        if response.status != 200:
            raise InputError(
                name, f"the server answered {response.status} {response.reason}", "check the address in a browser"
            )
        return _body(response, name=name, deadline=deadline)
    except (OSError, http.client.HTTPException) as error:
        if time.monotonic() > deadline:
            raise _too_slow(name) from None
        raise InputError(
            name,
            f"it could not be fetched ({type(error).__name__}: {error})",
            "check the address and the network, then add it again",
        ) from None
    finally:
        watch.end()
        connection.close()


class _Watch:
    """Cuts a connection when its time is over: a server that sends a byte now and then keeps every single read short."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._timer: threading.Timer | None = None

    def over(self, watched: socket.socket) -> None:
        """Begin to watch."""
        self._timer = threading.Timer(max(0.0, self._deadline - time.monotonic()), self._cut, [watched])
        self._timer.daemon = True
        self._timer.start()

    def end(self) -> None:
        """Stop watching."""
        if self._timer is not None:
            self._timer.cancel()

    @staticmethod
    def _cut(watched: socket.socket) -> None:
        with contextlib.suppress(OSError):  # it has ended by itself
            socket.socket.shutdown(watched, socket.SHUT_RDWR)  # the connection itself, whatever TLS is around it


def _checked_address(host: str, port: int, *, name: str, allowed: Allowed) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise InputError(name, f"the host {host} is not known", "check the address and the network") from None
    addresses = [str(info[4][0]) for info in found]
    if not addresses or not all(allowed(address) for address in addresses):
        raise InputError(
            name,
            f"{host} is a private or local address",
            "only public addresses are fetched; save the page and add the file",
        )
    return addresses[0]


def _connection(parts: SplitResult, address: str) -> http.client.HTTPConnection:
    """A connection whose socket goes to the checked address while the host name stays in the request and the certificate."""
    host = parts.hostname or ""
    if parts.scheme == "https":
        secure = http.client.HTTPSConnection(
            host, parts.port or 443, timeout=SECONDS_TO_CONNECT, context=ssl.create_default_context()
        )
        secure._create_connection = lambda _, *rest: socket.create_connection((address, parts.port or 443), *rest)  # type: ignore[attr-defined]
        return secure
    plain = http.client.HTTPConnection(host, parts.port or 80, timeout=SECONDS_TO_CONNECT)
    plain._create_connection = lambda _, *rest: socket.create_connection((address, parts.port or 80), *rest)  # type: ignore[attr-defined]
    return plain


def _body(response: http.client.HTTPResponse, *, name: str, deadline: float) -> bytes:
    content = bytearray()
    while chunk := response.read1(65_536):
        content += chunk
        if len(content) > LARGEST_PAGE:
            raise InputError(
                name, f"the page is over {LARGEST_PAGE // 2**20} MB", "save the article's text and add the file"
            )
        if time.monotonic() > deadline:
            break
    if time.monotonic() > deadline:  # what was cut in its head looks like an empty page
        raise _too_slow(name)
    if response.length:  # what the server promised and did not send
        fault = f"it broke off after {len(content):,} bytes, {response.length:,} before its end"
        raise InputError(name, fault, "add it again")
    return bytes(content)
