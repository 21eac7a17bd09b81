"""How near are words in meaning? A vector for each of the commonest words: that of a claim is the mean of its words', rare ones counting more.

The vectors (`words.npz`) are made by `training/vectors/build.py` from a sentence encoder that is given each word by itself. They know that a physician
is a doctor, and neither who did it nor whether it is denied: they help to find what may be about the same, and decide nothing else.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

NUMBERS = 128


@dataclass(frozen=True, slots=True)
class _Words:
    """The place of each word, and by place its vector, weighted by how much the word tells, and how much that is."""

    places: Mapping[str, int]
    vectors: Vectors
    telling: Sequence[float]


@cache
def _words() -> _Words:
    """The table that ships with the package, loaded on the first call, once a process."""
    import numpy as np

    packed = resources.files(__package__).joinpath("words.npz").read_bytes()
    with np.load(io.BytesIO(packed)) as table:
        words = str(table["words"]).split("\n")
        telling = table["telling"].astype(np.float32)
        weighted = table["vectors"].astype(np.float32) * telling[:, None]
    return _Words({word: place for place, word in enumerate(words)}, weighted, telling.tolist())


@lru_cache(maxsize=50_000)
def telling(word: str) -> float:
    """How much a word tells, by how common it is in English: 0 to 1, 1 for one that is not known here.

    >>> telling("people") < 0.5 < telling("glacier")
    True
    """
    table = _words()
    place = table.places.get(word.lower())
    return 1.0 if place is None else table.telling[place]


@lru_cache(maxsize=50_000)
def vector_of(terms: tuple[str, ...]) -> Vectors:
    """The vector of some terms: NUMBERS numbers of length 1, or all 0 where no word of them is known. Codes of countries ("@KE") have none.

    >>> near, far = (float(vector_of(("physician",)) @ vector_of((word,))) for word in ("doctor", "harbour"))
    >>> near > 0.4 > far
    True
    """
    import numpy as np

    table = _words()
    words = (word for term in terms if not term.startswith("@") for word in re.findall(r"[a-z]+", term.lower()))
    places = [place for word in words if (place := table.places.get(word)) is not None]
    found: Vectors = table.vectors[places].sum(0)
    length = float(np.linalg.norm(found))
    whole = found / length if length else found
    whole.setflags(write=False)  # it is kept for the next who asks
    return whole


def nearness(terms: tuple[str, ...], others: Sequence[tuple[str, ...]]) -> list[float]:
    """How near some terms are in meaning to each of others: cosines, -1 to 1; 0 where no word is known."""
    if not others:
        return []
    import numpy as np

    found: list[float] = (np.stack([vector_of(other) for other in others]) @ vector_of(terms)).tolist()
    return found
