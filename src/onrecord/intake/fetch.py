"""URL -> bytes, with limits. Only http and https, only addresses that are public, checked again after each redirect.

The name is resolved once and the connection goes to the address that was checked, so a name that changes its address
between check and connection gains nothing.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
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


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    >>> is_public("127.0.0.1"), is_public("10.1.2.3"), is_public("::1"), is_public("169.254.169.254"), is_public("1.1.1.1")
    (False, False, False, False, True)
    """
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast


def fetched(url: str, *, allowed: Allowed = is_public) -> Received:
    """The bytes behind a URL. Raises InputError for an address that is refused, an error of the server, or a limit passed."""
    deadline = time.monotonic() + SECONDS_IN_ALL
    at = url = readable(url)
    for _ in range(MOST_REDIRECTS + 1):
        if time.monotonic() > deadline:
            raise InputError(url, f"it took longer than {SECONDS_IN_ALL:.0f} seconds", "save the page and add the file")
        answer = _answer(at, name=url, allowed=allowed, deadline=deadline)
        if isinstance(answer, bytes):
            return Received(name=readable(url), content=answer, url=at, retrieved=datetime.now(UTC))
        at = urljoin(at, answer)
    raise InputError(url, f"it redirects more than {MOST_REDIRECTS} times", "give the final address")


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
    try:
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
        raise InputError(
            name,
            f"it could not be fetched ({type(error).__name__}: {error})",
            "check the address and the network, then add it again",
        ) from None
    finally:
        connection.close()


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
            raise InputError(
                name, f"it took longer than {SECONDS_IN_ALL:.0f} seconds", "save the page and add the file"
            )
    return bytes(content)
