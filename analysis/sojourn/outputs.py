"""Which outputs were asked for, as far as it changes the dice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

ATTRIBUTE = "records_for_outputs"


def made_with_other_outputs(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> str:
    """That two runs have other dice because outputs of one of them need records of movers; else an empty text.

    one, other:  the root attributes of the two outputs

    Where neither the model nor an output asks for what movers remember, they are counted and have no records; then
    the random numbers fall to other persons than they do among records. The law is the same.
    """
    lists = [_names(attributes) for attributes in (one, other)]
    if bool(lists[0]) == bool(lists[1]):
        return ""
    return f"made with other outputs ({', '.join(lists[0] or lists[1])}): other dice, the same law"


def _names(attributes: Mapping[Any, Any]) -> list[str]:
    return [str(name) for name in np.atleast_1d(attributes.get(ATTRIBUTE, []))]
