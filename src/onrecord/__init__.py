"""OnRecord reads conflict reporting and keeps the record: who put forward what, on whose word, how sure, when, with which figures.

    >>> import onrecord
    >>> document = onrecord.document("The mayor of Nairobi said on Monday that at least 12 people had died.", published="2021-03-10")
    >>> (assertion,) = onrecord.read(document)
    >>> assertion.source.name, assertion.act, assertion.figures[0].low
    ('mayor of Nairobi', <Act.ASSERTS: 'asserts'>, 12.0)

Importing it does no work: models are loaded on the first reading.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.api import OpenLedger, document, open_ledger, read
    from onrecord.errors import OnRecordError
    from onrecord.records import Assertion, Document, Figure, Moment, Source, Span

__version__ = "0.1.0"
__all__ = [
    "Assertion",
    "Document",
    "Figure",
    "Moment",
    "OnRecordError",
    "OpenLedger",
    "Source",
    "Span",
    "document",
    "open_ledger",
    "read",
]

_HOMES = {
    "OpenLedger": "api",
    "document": "api",
    "open_ledger": "api",
    "read": "api",
    "OnRecordError": "errors",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    return getattr(import_module(f"onrecord.{_HOMES.get(name, 'records')}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
