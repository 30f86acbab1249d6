"""Are two outputs identical? Everything that an HDF5 file says is compared, except the group /provenance.

Equal runs (same scenario, variant, seed and version) must write equal files whatever the number of threads, on any
machine. `h5diff` cannot show that: it is content where shapes or types differ, or what a variable's axes are. Compared
here:

* groups, variables and links: which there are, and the order in which they were made
* of each variable: shape, largest shape, type (size, sign, byte order, kind of string), values bit by bit (so that a
  NaN equals only the same NaN), chunks, filters and fill value
* attributes of each: which there are, their order, type, shape and values
* dimension scales: which is attached to which axis (HDF5 keeps this in attributes; references are compared by what they
  point to, since addresses in a file mean nothing)

What may differ between equal runs stands in /provenance and is not looked at; nor is where in the file things lie.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, TypeAlias

import h5py
import numpy as np
from h5py import h5, h5a, h5o, h5p, h5t
from numpy.typing import NDArray

from sojourn.errors import NotAnOutput
from sojourn.hdf5_values import brief, canonical, describe_type, holds_references, same_type
from sojourn.outputs import made_with_other_outputs
from sojourn.paths import existing_file, reason

PROVENANCE = "provenance"
_BYTES_AT_A_TIME = 32 * 1024**2
_BYTES_OF_A_TEXT = 256  # a guess: texts of variable length take as much as they take


def differences(first: str | os.PathLike[str], second: str | os.PathLike[str]) -> Iterator[str]:
    """Each difference between two HDF5 files, apart from /provenance, as a line of text; nothing if they are identical.

    first, second:  outputs of `sojourn run`, or any other HDF5 files

    A line begins with the path of what differs in the file (`/stock`, `/stock@units` for an attribute). Values are
    compared in blocks of about 32 MiB, so that files larger than memory can be compared.
    Raises MissingOutput or NotAnOutput if one of the two cannot be read.
    """
    with _open(first) as one, _open(second) as other:
        try:
            yield from _objects("/", one["/"], other["/"], set())
        except (OSError, RuntimeError) as error:  # a damaged chunk shows only when it is read
            raise NotAnOutput(f"{first} or {second} is damaged: {error}") from error


def other_outputs(first: str | os.PathLike[str], second: str | os.PathLike[str]) -> str:
    """That two runs were made with other outputs and so have other dice; else an empty text. Raises as `differences`."""
    with _open(first) as one, _open(second) as other:
        return made_with_other_outputs(one.attrs, other.attrs)


def _open(path: str | os.PathLike[str]) -> h5py.File:
    file = existing_file(path)
    try:
        return h5py.File(file, "r")
    except OSError as error:
        raise NotAnOutput(f"{file}: is no HDF5 file that can be read: {reason(error)}") from error


_Object: TypeAlias = h5py.Group | h5py.Dataset | h5py.Datatype


def _objects(path: str, one: _Object, other: _Object, seen: set[tuple[int, int]]) -> Iterator[str]:
    if type(one) is not type(other):
        yield f"{path}: {_kind(one)} against {_kind(other)}"
        return
    pair = (h5o.get_info(one.id).addr, h5o.get_info(other.id).addr)
    if pair in seen:  # another name of objects that were compared already, or a circle
        return
    seen.add(pair)
    if isinstance(one, h5py.Group):
        yield from _attributes(path, one, other)
        yield from _members(path, one, other, seen)
    elif isinstance(one, h5py.Dataset):
        comparable = list(_shape_and_type(path, one, other))
        yield from comparable
        yield from _attributes(path, one, other)
        yield from _storage(path, one, other)
        if not comparable:
            yield from _values(path, one, other)
    else:
        if not same_type(one.id, other.id):
            yield f"{path}: named type {describe_type(one.id)} against {describe_type(other.id)}"
        yield from _attributes(path, one, other)


def _kind(item: _Object) -> str:
    return {h5py.Group: "a group", h5py.Dataset: "a variable", h5py.Datatype: "a named type"}.get(
        h5py.Group if isinstance(item, h5py.Group) else type(item), "something else"
    )


# --- groups -----------------------------------------------------------------------------------------------------------


def _members(path: str, one: h5py.Group, other: h5py.Group, seen: set[tuple[int, int]]) -> Iterator[str]:
    names, order = _link_names(one)
    other_names, other_order = _link_names(other)
    if path == "/":
        names = [name for name in names if name != PROVENANCE]
        other_names = [name for name in other_names if name != PROVENANCE]
    yield from _names(path, "", names, order, other_names, other_order)
    for name in names:
        if name not in other_names:
            continue
        below = f"{path.rstrip('/')}/{name}"
        link, other_link = one.get(name, getlink=True), other.get(name, getlink=True)
        if _target(link) != _target(other_link):
            yield f"{below}: {_target(link)} against {_target(other_link)}"
        elif isinstance(link, h5py.HardLink):
            yield from _objects(below, one[name], other[name], seen)


def _target(link: h5py.HardLink | h5py.SoftLink | h5py.ExternalLink) -> str:
    """What a link is and, unless it is a hard link, where it points to."""
    if isinstance(link, h5py.ExternalLink):
        return f"external link to {link.filename}:{link.path}"
    return f"soft link to {link.path}" if isinstance(link, h5py.SoftLink) else "hard link"


def _link_names(group: h5py.Group) -> tuple[list[str], bool]:
    """The names in a group, in the order in which they were made if the file tracks it, and whether it does."""
    tracked = bool(group.id.get_create_plist().get_link_creation_order() & h5p.CRT_ORDER_TRACKED)
    names: list[bytes] = []
    group.id.links.iterate(names.append, idx_type=h5.INDEX_CRT_ORDER if tracked else h5.INDEX_NAME, order=h5.ITER_INC)
    return [_text(name) for name in names], tracked


def _names(
    path: str, what: str, names: list[str], order: bool, other_names: list[str], other_order: bool
) -> Iterator[str]:
    """Differences of two lists of names; `what` is put before each name (an @ for attributes)."""
    base = path.rstrip("/") + "/" if not what else path + what
    yield from (f"{base}{name}: only in the first" for name in names if name not in other_names)
    yield from (f"{base}{name}: only in the second" for name in other_names if name not in names)
    things = "attributes" if what else "members"
    if order != other_order:
        yield f"{path}: the order of {things} is {_tracked(order)} against {_tracked(other_order)}"
    elif sorted(names) == sorted(other_names) and names != other_names:
        yield f"{path}: {things} were made in another order: {brief(names)} against {brief(other_names)}"


def _tracked(order: bool) -> str:
    return "tracked" if order else "not tracked"


def _text(name: bytes | str) -> str:
    return name.decode("utf-8", errors="surrogateescape") if isinstance(name, bytes) else name


# --- variables --------------------------------------------------------------------------------------------------------


def _shape_and_type(path: str, one: h5py.Dataset, other: h5py.Dataset) -> Iterator[str]:
    """What makes comparing values meaningless."""
    if one.shape != other.shape:
        yield f"{path}: shape {one.shape} against {other.shape}"
    if not same_type(one.id.get_type(), other.id.get_type()):
        yield f"{path}: type {describe_type(one.id.get_type())} against {describe_type(other.id.get_type())}"


def _storage(path: str, one: h5py.Dataset, other: h5py.Dataset) -> Iterator[str]:
    if one.maxshape != other.maxshape:
        yield f"{path}: largest shape {one.maxshape} against {other.maxshape}"
    if one.chunks != other.chunks:
        yield f"{path}: chunks {one.chunks} against {other.chunks}"
    filters, other_filters = _filters(one), _filters(other)
    if filters != other_filters:
        yield f"{path}: filters {filters} against {other_filters}"
    fill, other_fill = _fill_value(one), _fill_value(other)
    if fill != other_fill:
        yield f"{path}: fill value {fill} against {other_fill}"


def _filters(variable: h5py.Dataset) -> list[tuple[int, int, tuple[int, ...]]]:
    """Number, flags and settings of each filter, in the order in which they are applied."""
    plist = variable.id.get_create_plist()
    return [plist.get_filter(position)[:3] for position in range(plist.get_nfilters())]


def _fill_value(variable: h5py.Dataset) -> str:
    plist = variable.id.get_create_plist()
    defined = plist.fill_value_defined()
    if defined != h5py.h5d.FILL_VALUE_USER_DEFINED or variable.dtype.hasobject:
        words = {h5py.h5d.FILL_VALUE_UNDEFINED: "undefined", h5py.h5d.FILL_VALUE_DEFAULT: "default"}
        return words.get(defined, "given")
    value = np.zeros((), variable.dtype)
    plist.get_fill_value(value)
    return f"{value} ({value.tobytes().hex()})"


def _values(path: str, one: h5py.Dataset, other: h5py.Dataset) -> Iterator[str]:
    """One line if any value differs: how many do, and the first."""
    if one.shape is None:  # an empty dataspace holds nothing
        return
    number = 0
    where: tuple[int, ...] = ()
    values = ("", "")
    for block in _blocks(one):
        part, other_part = _read(one, block), _read(other, block)
        differ = _unequal(one, part, other, other_part)
        found = int(np.count_nonzero(differ))
        if found and not number:
            inside = np.unravel_index(int(np.argmax(differ)), differ.shape) if differ.shape else ()
            where = tuple(int(place) + piece.start for place, piece in zip(inside, block))
            values = (brief(part[inside]), brief(other_part[inside]))
        number += found
    if number:
        position = f"[{', '.join(map(str, where))}]" if where else "the value"
        differ_in = f"{path}: {number:,} of {one.size:,} values differ"
        yield f"{differ_in}; the first, {position}, is {values[0]} against {values[1]}"


def _read(variable: h5py.Dataset, block: tuple[slice, ...]) -> NDArray[Any]:
    """A block as an array even where it is one text, which h5py would give as bytes."""
    return np.asarray(variable[block], dtype=object if variable.dtype.hasobject else None)


def _unequal(
    one: h5py.Dataset, part: NDArray[Any], other: h5py.Dataset, other_part: NDArray[Any]
) -> NDArray[np.bool_]:
    """Which of the elements differ in any bit (texts: in any character; references: in what they point to)."""
    if part.dtype.hasobject:
        differ = np.empty(part.shape, bool)
        for position in np.ndindex(part.shape):
            differ[position] = canonical(part[position], one.file) != canonical(other_part[position], other.file)
        return differ
    bits = np.ascontiguousarray(part).reshape(-1).view(np.uint8).reshape(part.size, -1)
    other_bits = np.ascontiguousarray(other_part).reshape(-1).view(np.uint8).reshape(part.size, -1)
    return np.asarray((bits != other_bits).any(axis=1)).reshape(part.shape)


def _blocks(variable: h5py.Dataset) -> Iterator[tuple[slice, ...]]:
    """Slices that together cover a variable, each of about 32 MiB, whole chunks along the axis that is cut."""
    shape = list(variable.shape)
    if 0 in shape:
        return
    each = variable.dtype.itemsize if not variable.dtype.hasobject else _BYTES_OF_A_TEXT
    size = list(shape)
    for axis in range(len(shape)):
        rest = each * int(np.prod(size[axis + 1 :], dtype=np.int64))
        size[axis] = min(shape[axis], max(1, _BYTES_AT_A_TIME // rest))
        if variable.chunks:
            size[axis] = min(shape[axis], max(1, size[axis] // variable.chunks[axis]) * variable.chunks[axis])
        if rest <= _BYTES_AT_A_TIME:
            break
    for begin in np.ndindex(*(-(-length // step) for length, step in zip(shape, size))):
        yield tuple(
            slice(place * step, min((place + 1) * step, length)) for place, step, length in zip(begin, size, shape)
        )


# --- attributes -------------------------------------------------------------------------------------------------------


def _attributes(path: str, one: _Object, other: _Object) -> Iterator[str]:
    names, order = _attribute_names(one)
    other_names, other_order = _attribute_names(other)
    yield from _names(path, "@", names, order, other_names, other_order)
    for name in names:
        if name in other_names:
            yield from _attribute(f"{path}@{name}", name, one, other)


def _attribute(path: str, name: str, one: _Object, other: _Object) -> Iterator[str]:
    key = name.encode("utf-8", errors="surrogateescape")
    attribute, other_attribute = h5a.open(one.id, key), h5a.open(other.id, key)
    kind, other_kind = attribute.get_type(), other_attribute.get_type()
    space, other_space = attribute.get_space(), other_attribute.get_space()
    if not same_type(kind, other_kind):
        yield f"{path}: type {describe_type(kind)} against {describe_type(other_kind)}"
    elif (space.get_simple_extent_type(), space.shape) != (other_space.get_simple_extent_type(), other_space.shape):
        yield f"{path}: shape {_extent(space)} against {_extent(other_space)}"
    elif space.get_simple_extent_type() != h5py.h5s.NULL:
        value = canonical(one.attrs[name], one.file)
        other_value = canonical(other.attrs[name], other.file)
        if value != other_value:
            what = "scales" if name == "DIMENSION_LIST" else "points to" if holds_references(kind) else "value"
            yield f"{path}: {what} {brief(value, other_value)} against {brief(other_value, value)}"


def _attribute_names(item: _Object) -> tuple[list[str], bool]:
    """The names of attributes, in the order in which they were made if the file tracks it, and whether it does."""
    if isinstance(item.id, h5t.TypeID):
        tracked = False
    else:
        tracked = bool(item.id.get_create_plist().get_attr_creation_order() & h5p.CRT_ORDER_TRACKED)
    names: list[bytes] = []
    index = h5.INDEX_CRT_ORDER if tracked else h5.INDEX_NAME
    h5a.iterate(item.id, names.append, index_type=index, order=h5.ITER_INC)
    return [_text(name) for name in names], tracked


def _extent(space: h5py.h5s.SpaceID) -> str:
    if space.get_simple_extent_type() == h5py.h5s.NULL:
        return "empty"
    return str(space.shape) if space.shape else "scalar"
