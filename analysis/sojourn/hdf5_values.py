"""Values and types of HDF5 in a form that two files can be compared in, and that a line of text can show."""

from __future__ import annotations

from typing import Any

import h5py
import numpy as np
from h5py import h5t
from numpy.typing import NDArray

_LONGEST = 70
_PADDING = {h5t.STR_NULLTERM: "null-terminated", h5t.STR_NULLPAD: "null-padded", h5t.STR_SPACEPAD: "space-padded"}


def canonical(value: Any, file: h5py.File) -> Any:
    """A value as nested tuples of its shape, bits, texts and, for references, the names of what they point to.

    Two values of the same HDF5 type are identical exactly if these are equal: numbers are compared bit by bit, so that
    a NaN equals the same NaN and 0.0 is not -0.0.
    """
    if isinstance(value, h5py.Reference):
        return "->" + (_text(h5py.h5r.get_name(value, file.id)) if value else "nothing")
    if isinstance(value, (str, bytes)):
        return value
    if isinstance(value, np.void) and value.dtype.names:
        return tuple(canonical(value[name], file) for name in value.dtype.names)
    if isinstance(value, np.ndarray):
        if value.dtype.hasobject:
            return tuple(canonical(part, file) for part in value)
        return _Bits(value)
    if isinstance(value, np.generic):
        return _Bits(np.asarray(value))
    return value


class _Bits:
    """An array that equals another if shape and bits do, and prints as its numbers."""

    def __init__(self, array: NDArray[Any]) -> None:
        self._array = array

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Bits):
            return NotImplemented
        return self._array.shape == other._array.shape and self._array.tobytes() == other._array.tobytes()

    def __hash__(self) -> int:
        return hash((self._array.shape, self._array.tobytes()))

    def __repr__(self) -> str:
        return str(self._array.item() if self._array.size == 1 else self._array.tolist())


def brief(value: Any, other: Any = None) -> str:
    """A value as at most some 70 characters; of a long text, the place where it begins to differ from another."""
    if isinstance(value, bytes):
        value = _text(value)
    if isinstance(other, bytes):
        other = _text(other)
    if isinstance(value, str):
        begin = 0
        if isinstance(other, str) and len(value) > _LONGEST:
            same = (position for position, (a, b) in enumerate(zip(value, other)) if a != b)
            begin = max(0, next(same, min(len(value), len(other))) - _LONGEST // 2)
        part = value[begin : begin + _LONGEST]
        return ("..." if begin else "") + repr(part) + ("..." if begin + _LONGEST < len(value) else "")
    text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."


def describe_type(kind: h5t.TypeID) -> str:
    """A type in words: `int32 (little-endian)`, `text of variable length (UTF-8)`."""
    if isinstance(kind, h5t.TypeStringID):
        charset = "UTF-8" if kind.get_cset() == h5t.CSET_UTF8 else "ASCII"
        if kind.is_variable_str():
            return f"text of variable length ({charset})"
        return f"text of {kind.get_size()} bytes ({charset}, {_PADDING.get(kind.get_strpad(), 'padded')})"
    if isinstance(kind, (h5t.TypeIntegerID, h5t.TypeFloatID)):
        order = {h5t.ORDER_LE: "little-endian", h5t.ORDER_BE: "big-endian"}.get(kind.get_order(), "other byte order")
        try:
            return f"{kind.dtype.name} ({order})"
        except TypeError:
            return f"number of {kind.get_size()} bytes ({order})"
    if isinstance(kind, h5t.TypeVlenID):
        return f"lists of {describe_type(kind.get_super())}"
    if isinstance(kind, h5t.TypeReferenceID):
        return "reference"
    if isinstance(kind, h5t.TypeEnumID):
        return f"enumeration of {kind.get_nmembers()} values"
    if isinstance(kind, h5t.TypeCompoundID):
        members = range(kind.get_nmembers())
        names = [f"{_text(kind.get_member_name(i))}: {describe_type(kind.get_member_type(i))}" for i in members]
        return f"({', '.join(names)})"
    return f"type of class {kind.get_class()} and {kind.get_size()} bytes"


def same_type(one: h5t.TypeID, other: h5t.TypeID) -> bool:
    """Whether two types are equal, also in the character set of texts of variable length, which HDF5 ignores."""
    return bool(one.equal(other)) and describe_type(one) == describe_type(other)


def holds_references(kind: h5t.TypeID) -> bool:
    """Whether values of the type point to other parts of the file."""
    if isinstance(kind, h5t.TypeReferenceID):
        return True
    if isinstance(kind, h5t.TypeVlenID):
        return holds_references(kind.get_super())
    if isinstance(kind, h5t.TypeCompoundID):
        return any(holds_references(kind.get_member_type(i)) for i in range(kind.get_nmembers()))
    return False


def _text(value: bytes | str | None) -> str:
    if value is None:
        return "?"
    return value.decode("utf-8", errors="surrogateescape") if isinstance(value, bytes) else value
