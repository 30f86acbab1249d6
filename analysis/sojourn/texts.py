"""Texts for people: what they call regions, streams and the rest, in the languages in which the scenario says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import xarray

_REGIONS = {"region", "origin", "destination", "residence", "birth", "citizenship"}


def languages(run: xarray.Dataset) -> list[str]:
    """The codes of the languages (`az`, `en`, `ru`) in which anything is said in the output; empty without any.

    run: of `sojourn.open`, or a selection of it
    """
    return _texts(run.attrs.get("languages"))


def label(run: xarray.Dataset, kind: str, name: str, language: str | None = None) -> str:
    """What people call a thing: in a language, or else in the one that is not said, in English or the first, or else its name.

    run:       of `sojourn.open`, or a selection of it
    kind:      a dimension such as `region`, `origin`, `stream`, `transition`, `queue`, `entry`, `exit`, or an attribute of
               agents, for what stands along it; `variant`, `policy`, `factor`; `attribute` for an attribute itself
    name:      the code of a region, or the name of the thing
    language:  a code such as `az`; of `az-Latn` that is not there `az` does; without it no language is preferred

    A name that the output does not know is its own label.
    """
    if kind in ("attribute", "factor"):
        variable = f"factor_{name}" if kind == "factor" else name
        attrs = run[variable].attrs if variable in run.variables else {}
        return next((str(attrs[key]) for key in _keys("label", language) if key in attrs), name)
    return labels(run, kind, language).get(name, name)


def labels(run: xarray.Dataset, kind: str, language: str | None = None) -> dict[str, str]:
    """What people call everything along a dimension, by name: see `sojourn.label`."""
    if kind == "policy":
        names, texts = _texts(run.attrs.get("policies")), (_texts(run.attrs.get(key)) for key in _keys("policy_labels", language))
    else:
        base = "region_name" if kind in _REGIONS else f"{kind}_label"
        kind = "region" if kind in _REGIONS else kind
        names = _texts(run[kind].values) if kind in run.variables else []
        # An attribute may have the name of a label.
        texts = (_texts(run[key].values) for key in _keys(base, language) if key in run.variables and run[key].dims != (key,))
    said = next((text for text in texts if text), names)
    return {name: text or name for name, text in zip(names, said)}


def told_apart(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts by name, with the name behind those that several have."""
    often = Counter(texts.values())
    return {name: text if often[text] == 1 else f"{text} ({name})" for name, text in texts.items()}


def in_language(run: xarray.Dataset, language: str) -> xarray.Dataset:
    """The same output, in which what has a text in a language is called by it: title, regions, streams, ..., in plots too.

    run:       of `sojourn.open`, or a selection of it; it stays as it is
    language:  a code such as `az`; what has no text in it keeps the one that it has

    Numbers are the same, and are read from the same file, which must stay open.
    """
    changed = run.copy(deep=False)
    for key in reversed(list(_keys("", language))):
        if not key:
            continue
        ours = {str(name)[: -len(key)]: run.variables[name] for name in run.variables if str(name).endswith(key)}
        changed = changed.assign_coords(
            {base: text for base, text in ours.items()
             if base in run.variables and base not in run.dims and (base == "region_name" or base.endswith("_label"))}
        )
        changed.attrs = _preferring(changed.attrs, key, ("title", "description", "policy_labels"))
        for variable in changed.variables.values():
            variable.attrs = _preferring(variable.attrs, key, ("label",))
    return changed


def _preferring(attrs: Mapping[Any, Any], key: str, bases: tuple[str, ...]) -> dict[Any, Any]:
    """Attributes in which what is said in a language stands for what is said without one."""
    return {**attrs, **{base: attrs[base + key] for base in bases if base + key in attrs}}


def _keys(base: str, language: str | None) -> Iterator[str]:
    """What a text may be called in a file, the best first: `title_az-Latn`, `title_az`, `title`."""
    if language:
        yield f"{base}_{language}"
        if "-" in language:
            yield f"{base}_{language.partition('-')[0]}"
    yield base


def _texts(values: object) -> list[str]:
    """A text, several or none, as a list: readers give an attribute of one text as that text."""
    return [] if values is None else [str(value) for value in np.atleast_1d(np.asarray(values, dtype=object)).ravel()]
