"""Who may look and decide: one sign-in link on this machine, accounts with passwords where others may come in.

An accounts file has one JSON record a line: name, salt, and the scrypt hash (RFC 7914) of the password.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.errors import QueryError

# scrypt at the cost that OWASP's password storage sheet asks for (N 2^17, r 8, p 1: 128 MB).
_COST, _BLOCK, _MEMORY = 2**17, 8, 2**28
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 1_000
LONGEST_NAME = 200
# Failed sign-ins from one address within a window; a key of 32 random bytes is not to be guessed at any rate.
MOST_FAILURES, WINDOW = 10, 60.0
SESSION_SECONDS = 12 * 3600.0
Clock = Callable[[], float]
# A hash takes 128 MB, so no more than these are made at once.
_HASHING = threading.Semaphore(2)


def _hashed(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "replace"), salt=salt, n=_COST, r=_BLOCK, p=1, maxmem=_MEMORY)


def add_account(path: Path, name: str, password: str) -> str:
    """Write an account into a file that only its owner may read; an account of the same name is replaced.

    Gives the name as it was written down. Raises QueryError for a name or a password that will not do.
    """
    name = name.strip()
    if not any(c.isalnum() for c in name) or not name.isprintable() or len(name) > LONGEST_NAME:
        raise QueryError(f"an account needs a name of letters or digits, {LONGEST_NAME} at most")
    _refuse_bad_password(password)
    salt = secrets.token_bytes(16)
    record = {
        "name": name,
        "salt": base64.b64encode(salt).decode(),
        "scrypt": base64.b64encode(_hashed(password, salt)).decode(),
    }
    others = [one for one in _records(path) if one["name"] != name] if path.exists() else []
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        new.touch(mode=0o600, exist_ok=False)
        new.write_text("".join(json.dumps(one) + "\n" for one in (*others, record)), "utf-8")
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise QueryError(f"{path} cannot be written ({error.strerror}); give another --accounts FILE") from None
    return name


def _refuse_bad_password(password: str) -> None:
    if len(password.strip()) < SHORTEST_PASSWORD:
        raise QueryError(f"the password is too short; give {SHORTEST_PASSWORD} characters or more")
    if len(password) > LONGEST_PASSWORD:
        raise QueryError(f"the password is too long; give {LONGEST_PASSWORD} characters or fewer")
    try:
        password.encode()
    except UnicodeEncodeError:
        raise QueryError("the password holds what is no character; give one of letters, digits and signs") from None


def _records(path: Path) -> list[Mapping[str, str]]:
    try:
        found = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        if any(set(one) != {"name", "salt", "scrypt"} for one in found):
            raise ValueError("a record has other fields")
        for one in found:
            base64.b64decode(one["salt"], validate=True), base64.b64decode(one["scrypt"], validate=True)
    except (OSError, ValueError, TypeError) as error:
        raise QueryError(
            f"{path} is no accounts file ({error}); make one under another name: onrecord account NAME --accounts FILE"
        ) from None
    return found


@dataclass(slots=True)
class Doors:
    """Sign-ins and sessions, in memory: they end when the server does."""

    key: str | None
    owner: str
    accounts: Mapping[str, tuple[bytes, bytes]] = field(default_factory=dict)
    clock: Clock = time.monotonic
    _sessions: dict[str, tuple[str, float]] = field(default_factory=dict)
    _failures: dict[str, deque[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def is_shut(self, where: str) -> bool:
        """Whether too many sign-ins from an address failed within the window."""
        with self._lock:
            for address, times in list(self._failures.items()):
                while times and times[0] < self.clock() - WINDOW:
                    times.popleft()
                if not times:
                    del self._failures[address]
            return len(self._failures.get(where, ())) >= MOST_FAILURES

    def by_key(self, given: str, *, where: str = "", counted: bool = True) -> str | None:
        """A session for who has the key of the sign-in link, None for another key. Failures are `counted` for an address."""
        if self.key is None or self.is_shut(where):
            return None  # where there is no key to guess, nobody is kept out for trying
        if secrets.compare_digest(given.encode("utf-8", "replace"), self.key.encode()):
            return self._session(self.owner)
        if counted:
            self._count_failure(where)
        return None

    def by_password(self, name: str, password: str, *, where: str = "") -> str | None:
        """A session for an account, None where name or password are wrong; both take as long."""
        if self.is_shut(where):
            return None
        salt, wanted = self.accounts.get(name, (b"\0" * 16, b""))
        with _HASHING:
            fits = secrets.compare_digest(_hashed(password, salt), wanted)
        if not fits:
            self._count_failure(where)
        return self._session(name) if fits else None

    def who(self, session: str | None) -> str | None:
        """Whose session it is, None for none or one that has run out."""
        with self._lock:
            name, until = self._sessions.get(session or "", ("", 0.0))
        return name if until > self.clock() else None

    def leave(self, session: str | None) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(session or "", None)

    def _session(self, name: str) -> str:
        session = secrets.token_urlsafe(32)
        with self._lock:
            for old in [s for s, (_, until) in self._sessions.items() if until <= self.clock()]:
                del self._sessions[old]
            self._sessions[session] = (name, self.clock() + SESSION_SECONDS)
        return session

    def _count_failure(self, where: str) -> None:
        with self._lock:
            self._failures.setdefault(where, deque()).append(self.clock())


def with_key(owner: str) -> Doors:
    """The doors of a server on this machine: one link with a key."""
    return Doors(key=secrets.token_urlsafe(32), owner=owner)


def with_accounts(path: Path) -> Doors:
    """The doors of a server that others may reach. Raises QueryError where the file holds no account."""
    found = {r["name"]: (base64.b64decode(r["salt"]), base64.b64decode(r["scrypt"])) for r in _records(path)}
    if not found:
        raise QueryError(f"{path} holds no account; make one: onrecord account NAME --accounts {path}")
    return Doors(key=None, owner="", accounts=found)
