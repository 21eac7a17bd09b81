"""The tree of our errors. Each names the thing, the fault and the remedy."""


class OnRecordError(Exception):
    """Everything that OnRecord raises on purpose."""


class InputError(OnRecordError):
    """One input could not become a document. The run goes on without it.

    >>> str(InputError("notes.txt", "it is empty", "give a file with text"))
    'notes.txt: it is empty; give a file with text'
    """

    def __init__(self, name: str, fault: str, remedy: str) -> None:
        super().__init__(f"{name}: {fault}; {remedy}")
        self.name = name
        self.fault = fault
        self.remedy = remedy


class QueryError(OnRecordError):
    """A question that cannot be answered as put: a date that is no date, a document that is not there."""


class MissingError(QueryError):
    """What was asked for by its name is not in the ledger."""


class DecisionError(QueryError):
    """Somebody else has decided the same since it was shown; nothing was recorded."""


class LedgerError(OnRecordError):
    """The ledger cannot be used: newer, foreign, damaged, locked or not writable."""


class ModelError(OnRecordError):
    """A model that a stage needs is missing or is not the one it was checked with."""
