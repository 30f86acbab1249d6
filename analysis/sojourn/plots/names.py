"""Names of others in a picture, where they have to fit: shortened, and still told apart."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import TypeVar

import xarray

from sojourn.flows import region_names

LONGEST = 28  # what fits above a panel
_CONTEXT = 2  # characters before a difference that are shown with it

Key = TypeVar("Key", bound=Hashable)


def short_region_names(run: xarray.Dataset, longest: int = LONGEST) -> dict[str, str]:
    """The name of each region by its code, short enough for a panel; those that would be cut alike have their codes."""
    return short_names(region_names(run), longest, with_key=True)


def short_names(names: Mapping[Key, str], longest: int = LONGEST, with_key: bool = False) -> dict[Key, str]:
    """Names of at most `longest` characters, no two of them alike where the names are not.

    names:     by anything that tells them apart, such as a code
    with_key:  names that would be cut alike end in their keys, as `The Democratic Rep… (COD)`, which readers know;
               else the middle is left out, as `seasonal_work_…of_the_north`

    Where neither tells them apart, they stand in full: too long a name is better than one of another.
    """
    result = {key: _cut(name, longest) for key, name in names.items()}
    for alike in _groups(result, names):
        others = {text for key, text in result.items() if key not in alike}
        for way in _ways(with_key):
            texts = way({key: names[key] for key in alike}, longest)
            if len(set(texts.values())) == len(texts) and others.isdisjoint(texts.values()):
                break
        else:
            texts = {key: names[key] for key in alike}
        result.update(texts)
    return result


def _groups(cut: Mapping[Key, str], names: Mapping[Key, str]) -> Iterator[list[Key]]:
    """The keys of names that are cut alike, although they differ."""
    groups: defaultdict[str, list[Key]] = defaultdict(list)
    for key, text in cut.items():
        groups[text].append(key)
    return (keys for keys in groups.values() if len({names[key] for key in keys}) > 1)


def _ways(with_key: bool) -> Iterator[Callable[[Mapping[Key, str], int], dict[Key, str]]]:
    if with_key:
        yield _with_keys
    yield _around_the_difference
    yield _with_ends


def _with_keys(names: Mapping[Key, str], longest: int) -> dict[Key, str]:
    endings = {key: f" ({key})" for key in names}
    if max(map(len, endings.values())) > longest // 2:
        return _around_the_difference(names, longest)
    return {key: _cut(name, longest - len(endings[key])) + endings[key] if not name.endswith(endings[key])
            else _cut(name, longest) for key, name in names.items()}


def _around_the_difference(names: Mapping[Key, str], longest: int) -> dict[Key, str]:
    """The beginning that all have, and a part in which they begin to differ: the end, if they do there."""
    differ = len(os.path.commonprefix(list(names.values())))
    begin = longest // 2
    room = longest - begin - 1

    def shortened(name: str) -> str:
        if len(name) <= longest:
            return name
        again = max(begin, min(differ - _CONTEXT, len(name) - room))
        return name[:begin].rstrip() + "…" + _end_cut(name[again:].lstrip(), room)

    return {key: shortened(name) for key, name in names.items()}


def _with_ends(names: Mapping[Key, str], longest: int) -> dict[Key, str]:
    begin = longest // 2
    return {key: name if len(name) <= longest else name[:begin].rstrip() + "…" + name[begin + 1 - longest:].lstrip()
            for key, name in names.items()}


def _cut(name: str, longest: int) -> str:
    """A name whose end may be missing, but not a code in parentheses that tells it from another of the same name."""
    if len(name) <= longest:
        return name
    stem, bracket, code = name.rpartition(" (")
    ending = f"{bracket}{code}" if code.endswith(")") and len(code) <= longest // 2 else ""
    return _end_cut(stem if ending else name, longest - len(ending)) + ending


def _end_cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
