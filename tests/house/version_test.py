"""The version of the project stands in CMakeLists.txt; whatever else says it says the same."""

import os
import re
from pathlib import Path

import pytest

SOURCE = Path(os.environ["SOJOURN_SOURCE"])
# The first match in each; the program and its library take theirs from CMake.
PLACES = {
    "analysis/pyproject.toml": r'^version = "(.+)"$',
    "analysis/sojourn/__init__.py": r'^__version__ = "(.+)"$',
    "CITATION.cff": r"^version: (.+)$",
    "CHANGELOG.md": r"^## \[(\d.*)\] - ",
}


def said(path, pattern):
    """What a file says first in this place, such as a version."""
    found = re.search(pattern, (SOURCE / path).read_text(encoding="utf-8"), re.M)
    assert found is not None, f"{path} says nothing like {pattern}"
    return found.group(1)


def version():
    return said("CMakeLists.txt", r"^project\(Sojourn\s+VERSION (\S+)")


def test_it_is_three_numbers():
    assert re.fullmatch(r"\d+\.\d+\.\d+", version())


@pytest.mark.parametrize("path", PLACES)
def test_it_is_the_same_everywhere(path):
    assert said(path, PLACES[path]) == version()


def test_a_stranger_asks_for_this_minor_version():
    """And the changelog tells strangers to."""
    minor = version().rpartition(".")[0]
    for path in ("tests/house/consumer/CMakeLists.txt", "CHANGELOG.md"):
        assert said(path, r"find_package\(Sojourn ([\d.]+)") == minor


def test_it_is_cited_with_the_date_of_its_release():
    assert said("CITATION.cff", r"^date-released: (.+)$") == said("CHANGELOG.md", r"^## \[\d.*\] - (\d{4}-\d\d-\d\d)$")


def test_the_changelog_promises_the_scenario_that_is_read():
    """Where its number counts up, the text on promises is read again."""
    assert said("CHANGELOG.md", r"`sojourn: (\d+)`") == said("scenarios/README.md", r"^sojourn: (\d+) ")
