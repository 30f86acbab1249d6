"""What people call things, in the languages of a scenario, and in pictures."""

import pytest
import xarray
from figures import texts

import sojourn
from sojourn.command import main
from sojourn.plots import life_course, plot_top_corridors, queues, stock_over_time
from sojourn.texts import told_apart

pytestmark = pytest.mark.usefixtures("offline", "quiet")

SCENARIO = """
sojourn: 1
title: {en: Work, az: İş və qayıdış, ru: Работа}
time: {start: 2000-01-01, end: 2001-01-01, step: 1 month}
regions: {N: {name: {az: Şimal}}, S: {name: South}, W: {}}
attributes: {sex: [f, m]}
factors: {wage: {values: {N: 3, S: 2, W: 1}, unit: EUR}}
population: {stayers: {values: {N: 9000, S: 8000, W: 7000}, age: 0-79, sex: {f: 0.5, m: 0.5}}}
streams: {labour_move: {hazard: {rate: 0.2 per year}, destination: {}}, back: {hazard: {rate: 0.1 per year}, destination: {}}}
transitions: {card: {who: {sex: m}, becomes: {sex: f}, rate: 0.2 per year, capacity: {limit: 50, every: month}}}
policies: {reform: {from: 2000-06-01, change: [{what: factors.wage, scale: 2}]}}
variants: {more: [reform]}
labels:
  attributes: {sex: {label: {az: cins}, values: {f: {az: qadın, az-Cyrl: гадын}}}}
  factors: {wage: {az: əməkhaqqı}}
  streams: {labour_move: {en: Labour, az: Əmək}}
  transitions: {card: {az: vəsiqə}}
  policies: {reform: {en: Reform, az: İslahat}}
  variants: {more: {az: Daha çox}}
output: {stocks: [region, sex], factors: [wage]}
"""


@pytest.fixture(scope="module", params=["dense", "table"])
def said(simulate, tmp_path_factory, request):
    path = tmp_path_factory.mktemp("said") / "said.yaml"
    path.write_text(SCENARIO.replace("output: {", f"output: {{flow_layout: {request.param}, "), encoding="utf-8")
    with sojourn.open(simulate(path, path.with_suffix(".h5"), "--variant", "more")) as run:
        yield run


def test_a_label_is_in_the_language_or_the_next_best(said):
    assert sojourn.languages(said) == ["en", "az", "ru", "az-Cyrl"]
    assert sojourn.label(said, "stream", "labour_move", "az") == "Əmək"
    assert sojourn.label(said, "stream", "labour_move", "ru") == sojourn.label(said, "stream", "labour_move") == "Labour"
    assert sojourn.label(said, "stream", "back", "az") == "back"
    assert [sojourn.label(said, "sex", "f", language) for language in (None, "ru", "az-Latn", "az-Cyrl")] == ["qadın"] * 3 + ["гадын"]
    assert sojourn.label(said, "sex", "m", "az") == "m"
    for kind in ("region", "origin", "destination"):
        assert [sojourn.label(said, kind, code, "az") for code in "NSW"] == ["Şimal", "South", "W"]


def test_there_are_labels_of_everything(said):
    found = [("attribute", "sex"), ("factor", "wage"), ("transition", "card"), ("queue", "card"), ("policy", "reform"), ("variant", "more")]
    assert [sojourn.label(said, *thing, "az") for thing in found] == ["cins", "əməkhaqqı", "vəsiqə", "vəsiqə", "İslahat", "Daha çox"]
    for kind in ("stream", "attribute", "factor", "policy", "exit", "nothing"):
        assert sojourn.label(said, kind, "unknown", "az") == "unknown"


def test_labels_are_coordinates_and_follow_selections(said):
    assert {"region_name_az", "stream_label", "sex_label_az", "variant_label"} <= set(said.coords)
    one = said.sel(stream="labour_move", region=["N"])
    assert sojourn.label(one, "stream", "labour_move", "az") == "Əmək" and sojourn.label(one, "region", "S", "az") == "S"


def test_an_output_in_a_language_is_called_by_it_and_counts_the_same(said):
    ours = sojourn.in_language(said, "az")
    assert ours.attrs["title"] == "İş və qayıdış" and said.attrs["title"] == "Work"
    assert list(ours.region_name.values) == ["Şimal", "South", "W"] and list(ours.stream_label.values) == ["Əmək", "back"]
    assert sojourn.label(ours, "factor", "wage") == "əməkhaqqı" and sojourn.label(ours, "policy", "reform") == "İslahat"
    assert list(sojourn.in_language(said, "az-Cyrl").sex_label.values) == ["гадын", "m"]
    assert sojourn.in_language(said, "az-Cyrl").attrs["title"] == "İş və qayıdış"
    assert sojourn.in_language(said, "fr").attrs == said.attrs
    assert int(ours.flow.sum()) == int(said.flow.sum()) > 0
    assert "label_fr" not in ours.sex.attrs and said.sex.attrs["label"] == "cins"


def test_pictures_are_in_the_language(said):
    ours = sojourn.in_language(said, "az")
    found = {text for draw in (stock_over_time, plot_top_corridors, life_course, queues) for text in texts(draw(ours))}
    assert {"İş və qayıdış", "Şimal", "Əmək", "transition: vəsiqə", "cins: qadın", "cins: m", "vəsiqə: waiting"} <= found
    assert any("variant Daha çox" in text for text in found)
    assert "labour move" not in {text for text in texts(plot_top_corridors(said))}


def test_an_output_without_labels_is_called_by_names(run):
    assert sojourn.languages(run) == []
    assert sojourn.label(run, "stream", "labour", "az") == "labour" and sojourn.label(run, "region", "DEU") == "Germany"
    xarray.testing.assert_identical(sojourn.in_language(run, "az"), run)


def test_things_of_one_label_have_their_names_behind_it():
    assert told_apart({"a": "Work", "b": "Work", "c": "Return"}) == {"a": "Work (a)", "b": "Work (b)", "c": "Return"}


def test_the_command_draws_in_a_language_and_notes_one_in_which_nothing_is_said(said, tmp_path, capsys):
    file = said.encoding["source"]
    assert main(["plots", file, "--language", "fr", "--out", str(tmp_path)]) == 0
    assert "nothing is said in 'fr' in this output, only in en, az, ru, az-Cyrl" in capsys.readouterr().err
    assert main(["plots", file, "--compare", file, "--language", "az", "--out", str(tmp_path)]) == 0
    assert "nothing is said" not in capsys.readouterr().err


def test_an_attribute_may_have_the_name_of_a_label(simulate, tmp_path):
    scenario = SCENARIO[: SCENARIO.index("labels:")].replace("sex", "stream_label") + "output: {stocks: [region, stream_label]}\n"
    (tmp_path / "named.yaml").write_text(scenario, encoding="utf-8")
    with sojourn.open(simulate(tmp_path / "named.yaml", tmp_path / "named.h5")) as run:
        assert sojourn.label(run, "stream", "labour_move") == "labour_move"
        assert sojourn.label(run, "stream_label", "f") == "f"
        assert list(sojourn.in_language(run, "az").stream_label.values) == ["f", "m"]
