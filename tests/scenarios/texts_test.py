"""Texts for people in several languages: every place where one may stand takes both forms, and a file keeps it."""

import json
import subprocess

import h5netcdf
import jsonschema
import numpy as np
import pytest
import xarray
import yaml

LETTERS = "ə, ğ, ı, İ, ş, ç, ö, ü"
# By section of `labels` that is no attribute: a name of it, and by which variable or attribute a file keeps its label.
NAMES = {
    "factors": ("wage", "factor_wage"),
    "streams": ("work", "stream_label"),
    "transitions": ("card", "transition_label"),
    "limits": ("fees", "limit_label"),
    "inflow": ("workers", "entry_label"),
    "outflow": ("home", "exit_label"),
    "policies": ("raise", "policy_labels"),
    "variants": ("raised", "variant_label"),
}


def scenario_of():
    """One of each thing that may have a text for people, without any but those that a scenario needs."""
    return {
        "sojourn": 1,
        "title": "Everything",
        "description": "At length.",
        "time": {"start": "2020-01-01", "end": "2021-01-01", "step": "1 month"},
        "regions": {"north": {}, "south": {}},
        "attributes": {"sex": ["f", "m"]},
        "factors": {"wage": {"values": {"north": 900, "south": 700}, "unit": "EUR"}},
        "population": {"stayers": {"values": {"north": 8000, "south": 9000}, "age": "0-79", "sex": {"f": 0.5, "m": 0.5}}},
        "streams": {"work": {"hazard": {"rate": "0.1 per year"}, "destination": {}}},
        "transitions": {
            "card": {"who": {"sex": "m"}, "becomes": {"sex": "f"}, "rate": "0.1 per year", "capacity": {"limit": 90, "every": "month"}}
        },
        "limits": {"fees": {"unit": "AZN"}},
        "inflow": {"workers": {"number": "50 per year", "age": "20-39", "sex": "f", "draws": {"fees": 30}}},
        "outflow": {"home": {"rate": "0.01 per year"}},
        "policies": {"raise": {"from": "2020-06-01", "change": [{"what": "factors.wage", "scale": 2}]}},
        "variants": {"raised": ["raise"]},
        "output": {"stocks": ["region", "sex"], "factors": ["wage"]},
    }


def text_at(number, is_map=True):
    return {"az": f"{LETTERS} {number}", "ru": f"Текст {number}"} if is_map else f"{LETTERS} {number}"


def said(sections, is_map=True):
    """The scenario with a text in every place, all of them different, and the texts by place."""
    scenario = scenario_of()
    texts = {place: text_at(number, is_map) for number, place in enumerate(["title", "description", "north", "south", "sex", "f", "m", *sections])}
    scenario |= {"title": texts["title"], "description": texts["description"]}
    for region in ("north", "south"):
        scenario["regions"][region] = {"name": texts[region]}
    scenario["labels"] = {"attributes": {"sex": {"label": texts["sex"], "values": {"f": texts["f"], "m": texts["m"]}}}}
    scenario["labels"] |= {section: {NAMES[section][0]: texts[section]} for section in sections}
    return scenario, texts


@pytest.fixture(scope="module")
def schema(program):
    return json.loads(subprocess.run([program, "schema"], capture_output=True, text=True, check=True).stdout)


@pytest.fixture(scope="module")
def sections(schema):
    """Those of `labels`, but for attributes: as the language says, not as this test does."""
    found = [name for name in schema["$defs"]["labels"]["properties"] if name != "attributes"]
    assert found == list(NAMES)
    return found


def run(scenario, folder, simulate):
    path = folder / "texts.yaml"
    path.write_text(yaml.safe_dump(scenario, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return simulate(path, path.with_suffix(".h5"), "--variant", "raised")


def as_list(value):
    return [str(text) for text in np.atleast_1d(value)]


def kept(output, section, language):
    """What a file says of a section's thing: in a language, or without one."""
    ending = f"_{language}" if language else ""
    variable = NAMES[section][1]
    if section == "factors":
        return [output[variable].attrs["label" + ending]]
    return as_list(output.attrs[variable + ending] if section == "policies" else output[variable + ending].values)


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_a_file_keeps_every_text_in_every_language(simulate, sections, tmp_path, engine):
    scenario, texts = said(sections)
    with xarray.open_dataset(run(scenario, tmp_path, simulate), engine=engine) as output:
        assert as_list(output.attrs["languages"]) == ["az", "ru"]
        for language in ("az", "ru"):
            for place in ("title", "description"):
                assert output.attrs[f"{place}_{language}"] == texts[place][language]
            assert list(output[f"region_name_{language}"].values) == [texts["north"][language], texts["south"][language]]
            assert list(output[f"sex_label_{language}"].values) == [texts["f"][language], texts["m"][language]]
            assert output.sex.attrs[f"label_{language}"] == texts["sex"][language]
            for section in sections:
                assert kept(output, section, language) == [texts[section][language]], section
        assert output.attrs["title"] == texts["title"]["az"]
        assert list(output.queue_label_az.values) == list(output.transition_label_az.values)
        assert {"region_name_az", "sex_label", "variant_label_ru"} <= set(output.stock.coords)


def test_plain_texts_are_kept_in_no_language(simulate, sections, tmp_path):
    scenario, texts = said(sections, is_map=False)
    with xarray.open_dataset(run(scenario, tmp_path, simulate), engine="h5netcdf") as output:
        assert "languages" not in output.attrs and output.attrs["title"] == texts["title"]
        assert list(output.sex_label.values) == [texts["f"], texts["m"]]
        for section in sections:
            assert kept(output, section, "") == [texts[section]]
        assert not [name for name in output.variables if str(name).endswith(("_az", "_ru"))]


def test_an_output_of_a_scenario_without_labels_has_nothing_of_them(simulate, sections, tmp_path):
    plain = run(scenario_of(), tmp_path, simulate)
    with h5netcdf.File(plain, "r") as file:
        assert not [name for name in file.variables if "label" in name]
        assert not [name for name in file.attrs if "label" in name or "language" in name]
        assert file["stock"].attrs["coordinates"] == "region_name latitude longitude variant replicate"
        numbers = file["flow"][...]
    (tmp_path / "said").mkdir()
    with h5netcdf.File(run(said(sections)[0], tmp_path / "said", simulate), "r") as file:
        assert (file["flow"][...] == numbers).all()


def test_the_schema_takes_both_forms_and_marks_wrong_ones(schema, sections):
    validator = jsonschema.Draft202012Validator(schema)
    for is_map in (True, False):
        assert not list(validator.iter_errors(said(sections, is_map)[0]))
    for wrong in ({}, ["a"], {"AZ": "a"}, {"azerbaijani": "a"}, {"az": ["a"]}, {"az": None}):
        for place in ("title", "description"):
            assert list(validator.iter_errors(scenario_of() | {place: wrong}))
        for section in sections:
            assert list(validator.iter_errors(scenario_of() | {"labels": {section: {NAMES[section][0]: wrong}}})), section


def test_validate_says_what_a_language_lacks(program, sections, tmp_path):
    scenario, _ = said(sections)
    path = tmp_path / "lacking.yaml"
    del scenario["title"]["ru"], scenario["regions"]["south"]["name"]["ru"], scenario["labels"]["streams"]

    def lines():
        path.write_text(yaml.safe_dump(scenario, allow_unicode=True), encoding="utf-8")
        done = subprocess.run([program, "validate", str(path)], capture_output=True, text=True, check=True)
        return done.stdout.partition("  languages:\n")[2].splitlines()[:2]

    assert lines() == [
        "    az: lacks 1 stream (work), 1 variant (baseline)",
        "    ru: lacks the title, 1 region (south), 1 stream (work), 1 variant (baseline)",
    ]
    scenario = scenario_of()
    assert lines() == []
