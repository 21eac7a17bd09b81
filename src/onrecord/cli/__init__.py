"""The command line: arguments -> one call of the library -> print."""

from onrecord.cli.commands import main

__all__ = ["main"]
