"""What can go wrong with an output, one class for each, so that a script can tell them apart.

Each is also the built-in exception that a caller who knows nothing of Sojourn would catch.
"""

from __future__ import annotations


class SojournError(Exception):
    """The base of all errors of this package. Its text says what is wrong and what to do."""


class MissingOutput(SojournError, FileNotFoundError):
    """There is no file at the path."""


class NotAnOutput(SojournError, ValueError):
    """The file is there, but it is not an output of `sojourn run`, or it is damaged, or it cannot be read now."""


class IncompleteOutput(SojournError, ValueError):
    """The run that wrote the file, which is the argument, was interrupted or is still going on."""

    def __str__(self) -> str:
        return self.told("allow_incomplete=True")

    def told(self, allowing: str) -> str:
        """What is wrong and what to do, where `allowing` is how one asks for an incomplete output."""
        return (f"{self.args[0]}: is incomplete: its run was interrupted or still goes on. "
                f"Run it again, or look at what there is with {allowing}")


class UnknownRegion(SojournError, KeyError):
    """A region was asked for that the output does not have."""

    def __str__(self) -> str:  # KeyError would print the text in quotation marks
        return str(self.args[0])


class TooLarge(SojournError, MemoryError):
    """An array was asked for whose dense form would not fit into the memory that it may use."""


class Unwritable(SojournError, OSError):
    """A picture, or what there is to say, could not be written."""


class Unplottable(SojournError, ValueError):
    """The output does not hold what a plot needs."""


class IncompleteWarning(UserWarning):
    """An incomplete output was opened because the caller allowed it."""
