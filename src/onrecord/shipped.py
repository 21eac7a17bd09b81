"""Files of trained models that ship with the package: are they the ones that were measured?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

DIGESTS = "digests.json"


def altered(folder: Traversable, files: Sequence[str]) -> tuple[str, ...]:
    """Those of some files of a folder that are missing or whose SHA-256 is not the one in its `digests.json`. Loads nothing.

    >>> from importlib import resources
    >>> altered(resources.files("onrecord.linking").joinpath("trained"), ["pairs.onnx", "poem.txt"])
    ('poem.txt',)
    """
    listed = folder.joinpath(DIGESTS)
    if not listed.is_file():
        return (DIGESTS,)
    expected = json.loads(listed.read_text("utf-8"))
    return tuple(
        name
        for name in files
        if not folder.joinpath(name).is_file()
        or hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest() != expected.get(name)
    )
