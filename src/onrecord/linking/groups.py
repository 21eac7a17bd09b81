"""Things joined pairwise into groups, each join with its reason."""

from __future__ import annotations

from collections import defaultdict


class Groups:
    """Things joined pairwise, with the reason of each join (union-find)."""

    def __init__(self) -> None:
        """Nothing joined yet."""
        self._above: dict[str, str] = {}
        self._reasons: dict[str, str] = {}

    def top(self, name: str) -> str:
        """The same name for all members of a group, whatever the order of the joins: its smallest."""
        while (above := self._above.setdefault(name, name)) != name:
            self._above[name] = name = self._above[above]
        return name

    def join(self, one: str, other: str, reason: str = "") -> None:
        """Put two into one group."""
        first, second = sorted((self.top(one), self.top(other)))
        self._above[second] = first
        self._reasons.setdefault(reason, one)

    def all(self) -> list[tuple[list[str], list[str]]]:
        """The members and the reasons of each group."""
        members: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._above):
            members[self.top(name)].append(name)
        reasons: dict[str, list[str]] = defaultdict(list)
        for reason, name in self._reasons.items():
            reasons[self.top(name)].append(reason)
        return [(found, reasons[top]) for top, found in members.items()]
