"""What the parser makes of each word, as numbers that the trained reader takes in beside the word pieces.

A small network learns grammar badly from a few hundred articles, and the parser knows it already: what a word is, what it does
in its clause, and which word it hangs on. Seen from a cue, the source is mostly what hangs on it as subject, and the content
what hangs on it as a clause (`branches`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

# The tags (Penn Treebank) and functions (ClearNLP) of the language model, in its order; their numbers begin at 1.
_TAGS = (
    "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR "
    "RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``"
)
_FUNCTIONS = (
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative dep "
    "det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj predet "
    "prep prt punct quantmod relcl xcomp"
)
TAGS, FUNCTIONS = tuple(_TAGS.split()), tuple(_FUNCTIONS.split())
UNKNOWN = 0
# The function of a piece of a word that is not its first; it hangs on the first.
PIECE = len(FUNCTIONS) + 1
TAG_NUMBERS = len(TAGS) + 1
FUNCTION_NUMBERS = len(FUNCTIONS) + 2
BRANCHES = 1 + 3 * FUNCTION_NUMBERS + 3
# Deeper trees than this are mistakes of the parser; what lies deeper is on no branch.
DEEPEST = 60

_TAG = {name: number for number, name in enumerate(TAGS, 1)}
_FUNCTION = {name: number for number, name in enumerate(FUNCTIONS, 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    """The m words of a text as the parser sees them, as arrays of length m.

    `starts` are offsets in code points, `tags` and `functions` numbers from 1 on (0 for one that the model does not list), and
    `heads` the number of the word that each hangs on, its own for the top of a sentence.
    """

    starts: NDArray[np.int64]
    tags: NDArray[np.int64]
    functions: NDArray[np.int64]
    heads: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts)


def syntax_of(docs: Sequence[tuple[int, Doc]]) -> Syntax:
    """The words of the parsed pieces of a text; each piece comes with the offset at which it starts."""
    starts, tags, functions, heads = [], [], [], []
    before = 0
    for offset, doc in docs:
        for token in doc:
            starts.append(offset + token.idx)
            tags.append(_TAG.get(token.tag_, UNKNOWN))
            functions.append(_FUNCTION.get(token.dep_, UNKNOWN))
            heads.append(before + token.head.i)
        before += len(doc)
    return Syntax(
        starts=np.array(starts, dtype=np.int64),
        tags=np.array(tags, dtype=np.int64),
        functions=np.array(functions, dtype=np.int64),
        heads=np.array(heads, dtype=np.int64),
    )


def of_pieces(
    syntax: Syntax, starts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Tags, functions and heads of the n pieces of words that begin at `starts`.

    The first piece of a word has what the word has, and hangs on the first piece of its word's head; the others hang on the first.
    """
    size = len(starts)
    own = np.arange(size)
    if not len(syntax) or not size:
        return np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64), own
    words = np.maximum(np.searchsorted(syntax.starts, starts, side="right") - 1, 0)
    firsts = np.searchsorted(words, words)
    heads = np.searchsorted(words, syntax.heads[words])
    heads = np.where((heads < size) & (words[np.minimum(heads, size - 1)] == syntax.heads[words]), heads, firsts)
    is_first = firsts == own
    return (
        syntax.tags[words],
        np.where(is_first, syntax.functions[words], PIECE),
        np.where(is_first, heads, firsts),
    )


def branches(
    functions: NDArray[np.int64], heads: NDArray[np.int64], cue: tuple[int, int], first: int, last: int
) -> NDArray[np.int64]:
    """Where each of the pieces from `first` on, before `last`, hangs as seen from a cue: a number below BRANCHES.

    0 is no branch: another sentence. From 1 on come the pieces below the cue, those below the cue's head and those further up,
    each by the function of the branch that they are on; then the cue's top itself, its head, and what is above that.

    In "the mayor said it rained" with heads 1 2 2 4 2, "the" and "mayor" are on one branch of "said":

    >>> functions = np.array([21, 30, 1, 30, 14])
    >>> branches(functions, np.array([1, 2, 2, 4, 2]), (2, 3), 0, 5).tolist()
    [31, 31, 142, 15, 15]
    """
    above = np.full(len(heads), -1, dtype=np.int64)
    top = next((i for i in range(*cue) if not cue[0] <= heads[i] < cue[1] or heads[i] == i), cue[0])
    for steps in range(DEEPEST):
        above[top] = min(steps, 2)
        if above[heads[top]] >= 0:
            break
        top = int(heads[top])
    at = np.arange(first, last)
    by = functions[at]
    for _ in range(DEEPEST):
        climbing = (above[at] < 0) & (heads[at] != at)
        if not climbing.any():
            break
        by = np.where(climbing, functions[at], by)
        at = np.where(climbing, heads[at], at)
    level = above[at]
    on_path = above[first:last]
    return np.where(
        on_path >= 0,
        1 + 3 * FUNCTION_NUMBERS + on_path,
        np.where(level >= 0, 1 + level * FUNCTION_NUMBERS + by, 0),
    )
