"""What pages say that the program prints is what it prints."""

import os
from pathlib import Path

import pytest

from printed_pages import PAGES, PART, renewed

SOURCE = Path(os.environ["SOJOURN_SOURCE"])


@pytest.mark.parametrize("page", PAGES)
def test_printed_parts_of_pages_are_current(page, program):
    text = (SOURCE / page).read_text(encoding="utf-8")
    assert PART.search(text), f"{page} has no printed part"
    assert renewed(text, program) == text, f"{page} is not what the program prints: ./dev pages"


def test_a_part_that_is_not_current_is_renewed(program):
    stale = "before\n<!-- printed by: sojourn --version -->\nold\n<!-- end of what is printed -->\nafter\n"
    assert renewed(stale, program).startswith("before\n<!-- printed by: sojourn --version -->\nsojourn ")
    assert "old" not in renewed(stale, program) and renewed(stale, program).endswith("printed -->\nafter\n")
