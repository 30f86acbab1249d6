"""What the package promises: names that differ, annotations that are whole and true, docstrings."""

import inspect
import re
import tomllib
import typing

import pytest

import sojourn
import sojourn.plots

PUBLIC = {f"{module.__name__}.{name}": getattr(module, name) for module in (sojourn, sojourn.plots) for name in module.__all__}
FUNCTIONS = {name: value for name, value in PUBLIC.items() if inspect.isfunction(value)}


def sources(source):
    return sorted((source / "analysis" / "sojourn").rglob("*.py"))


def test_a_name_is_of_the_package_or_of_its_plots():
    """Or `from sojourn import *` and `from sojourn.plots import *` would make of one what the other is."""
    assert set(sojourn.__all__).isdisjoint(sojourn.plots.__all__)


@pytest.mark.parametrize("module", [sojourn, sojourn.plots])
def test_names_are_in_order(module):
    assert module.__all__ == sorted(set(module.__all__))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_annotations_are_whole_and_can_be_resolved(name):
    hints = typing.get_type_hints(FUNCTIONS[name])
    assert set(hints) == {*inspect.signature(FUNCTIONS[name]).parameters, "return"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_argument_is_described(name):
    """Unless there is but one, and it is what every function here takes."""
    described = inspect.getdoc(FUNCTIONS[name])
    names = set(inspect.signature(FUNCTIONS[name]).parameters)
    if names != {"run"}:
        assert names == {word for line in re.findall(r"^([a-z_, ]+): +\S", described, re.M) for word in line.split(", ")} & names


@pytest.mark.parametrize("name", PUBLIC)
def test_everything_public_is_described(name):
    assert inspect.getdoc(PUBLIC[name])


def test_open_names_every_variable(source):
    """That people look at; the columns of a long table become `flow`."""
    page = (source / "sim" / "output" / "FORMAT.md").read_text(encoding="utf-8")
    table = page.partition("## Variables")[2].partition("\n## ")[0]
    names = [name for name in re.findall(r"^\| `(\w+)` \|", table, re.M) if name == "flow_usual" or not name.startswith("flow_")]
    assert len(names) > 20
    told = inspect.getdoc(sojourn.open)
    helpers = {"age_from", "variant", "replicate", "interval_relocations_bnds", "interval_usual_bnds"}
    assert [name for name in names if name not in helpers and not re.search(rf"\b{name}\b", told)] == []


def test_the_type_checker_is_strict_everywhere(source):
    settings = tomllib.loads((source / "analysis" / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert settings["strict"] is True
    assert not any("ignore_errors" in part for part in (settings, *settings["overrides"]))
    silent = [path.name for path in sources(source) if re.search(r"#\s*(type:\s*ignore|mypy:)", path.read_text(encoding="utf-8"))]
    assert silent == []


def test_the_type_checker_leaves_out_libraries_that_are_used_and_no_others(source):
    settings = tomllib.loads((source / "analysis" / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    (left_out,) = [part["module"] for part in settings["overrides"] if part.get("ignore_missing_imports")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources(source))
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", text, re.M))
    assert {name.removesuffix(".*") for name in left_out} <= imported - {"numpy", "xarray", "sojourn"}
