"""When a reader looked last: kept in his own browser, nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

KEPT = 365 * 24 * 3600  # seconds
# Opening the page again within this time is the same look.
ONE_LOOK = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Looks:
    """The look that goes on now, and the one before it; None where there was none."""

    before: datetime | None = None
    now: datetime | None = None


def cookie(ledger: str) -> str:
    """The name of the cookie for a ledger, by its identity: browsers keep one for a host, whatever is served there."""
    return f"onrecord_looks_{ledger[:12]}"


def read(cookie: str | None) -> Looks:
    """The looks that a cookie tells of; none where it tells of nothing that can be read.

    >>> read("2021-03-09T10:00:00+00:00 2021-03-10T08:00:00+00:00").before
    datetime.datetime(2021, 3, 9, 10, 0, tzinfo=datetime.timezone.utc)
    >>> read("yesterday")
    Looks(before=None, now=None)
    """
    try:
        times = [datetime.fromisoformat(word).astimezone(UTC) for word in (cookie or "").split()]
    except (ValueError, OverflowError):
        return Looks()
    return Looks(before=times[0] if len(times) > 1 else None, now=times[-1]) if times else Looks()


def last_before(looks: Looks, now: datetime) -> datetime | None:
    """When the reader looked before the look that goes on now.

    >>> last_before(Looks(now=datetime(2021, 3, 9, tzinfo=UTC)), datetime(2021, 3, 10, tzinfo=UTC)).day
    9
    """
    return looks.now if looks.now is not None and now - looks.now > ONE_LOOK else looks.before


def written(looks: Looks, now: datetime) -> str:
    """The cookie after another look.

    >>> written(Looks(now=datetime(2021, 3, 9, tzinfo=UTC)), datetime(2021, 3, 10, tzinfo=UTC))
    '2021-03-09T00:00:00+00:00 2021-03-10T00:00:00+00:00'
    """
    before = last_before(looks, now)
    return " ".join(time.isoformat(timespec="seconds") for time in (before, now) if time is not None)
