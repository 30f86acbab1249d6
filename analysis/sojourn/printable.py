"""Text of others as it may reach a terminal."""

from __future__ import annotations

import sys
from typing import TextIO

# Controls; marks that change the direction of text (Unicode Standard Annex 9); separators; annotations; tags; halves of
# pairs, which stand for bytes of a path that are no UTF-8. The same as in sim/base/printable.cpp.
_ACTING = (
    (0x00, 0x1F),
    (0x7F, 0x9F),
    (0x061C, 0x061C),
    (0x200E, 0x200F),
    (0x2028, 0x202E),
    (0x2066, 0x206F),
    (0xD800, 0xDFFF),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE007F),
)
_ESCAPES = {
    number: chr(number).encode("unicode_escape", "surrogatepass").decode("ascii")
    for first, last in _ACTING
    for number in range(first, last + 1)
}
_ESCAPES_OF_LINES = {number: text for number, text in _ESCAPES.items() if number != ord("\n")}


def printable(text: object) -> str:
    r"""The text with what would act on a terminal instead of being shown written as `\n`, `\x1b`, `\u202e`."""
    return str(text).translate(_ESCAPES)


def printable_lines(text: object) -> str:
    """The same for text that we composed of several lines: its line breaks stay."""
    return str(text).translate(_ESCAPES_OF_LINES)


def say(text: object, file: TextIO | None = None) -> None:
    """Prints one line. Whatever the command prints goes through here."""
    print(printable(text), file=sys.stdout if file is None else file)
