"""Texts, names, dates and numbers of all kinds in pictures."""

import cftime
import matplotlib
import numpy as np
import pytest
from figures import assert_apart, texts
from matplotlib.dates import num2date

import sojourn
from sojourn.plots import difference, flow_map, life_course, plot_top_corridors, queues, stock_over_time
from sojourn.plots.names import short_names
from sojourn.plots.style import PersonsFormatter, persons, share
from sojourn.plots.years import ends_of_intervals, yearly

pytestmark = pytest.mark.usefixtures("offline", "quiet")


def test_texts_are_drawn_as_they_stand(run, policy_run):
    """Two dollar signs are no formula, and what would be a wrong formula is no error."""
    name = "Zone A$B$ (US$\\person)"
    title = "Fees (US$\\person) and rents (US$\\month)"
    dollars = run.assign_attrs(title=title).assign_coords(
        region_name=("region", [name, *run.region_name.values[1:]]), stream=["$labour$", "re$t^urn$"]
    )
    figures = [stock_over_time(dollars), plot_top_corridors(dollars), flow_map(dollars), difference(dollars, policy_run, regions=["DEU"])]
    for figure in figures:
        assert title in texts(figure)
        assert not any(text.get_parse_math() for text in figure.findobj(matplotlib.text.Text) if "$" in text.get_text())
        figure.draw_without_rendering()
    assert name in texts(figures[0])


def test_regions_of_one_name_have_their_codes(run):
    names = run.region_name.values.copy()
    names[[0, 2]] = "Georgia"
    alike = run.assign_coords(region_name=("region", names))
    assert [ax.get_title("left") for ax in stock_over_time(alike, ["DEU", "USA"]).axes] == ["Georgia (DEU)", "Georgia (USA)"]
    assert {"Georgia (DEU)", "Georgia (USA)"} <= set(sojourn.top_corridors(alike).origin_name)
    with pytest.raises(sojourn.UnknownRegion, match="several regions are called 'georgia'.*DEU or USA"):
        stock_over_time(alike, ["georgia"])
    assert stock_over_time(alike, ["Georgia (USA)"]).axes[0].get_title("left") == "Georgia (USA)"


def test_long_names_keep_the_code_that_tells_them_apart():
    cut = short_names({1: "The United Kingdom of Great Britain (GBR)", 2: "a" * 300, 3: "short (X)"})
    assert list(cut.values()) == ["The United Kingdom of… (GBR)", "a" * 27 + "…", "short (X)"]


YOGYAKARTA = [f"Provinsi Daerah Istimewa Yogyakarta {side}" for side in ("Barat", "Timur")]


@pytest.mark.parametrize(
    ("names", "with_key", "cut"),
    [
        ({"YB": YOGYAKARTA[0], "YT": YOGYAKARTA[1]}, True, ["Provinsi Daerah Istime… (YB)", "Provinsi Daerah Istime… (YT)"]),
        (dict(enumerate(YOGYAKARTA)), False, ["Provinsi Daera…yakarta Barat", "Provinsi Daera…yakarta Timur"]),
        ({"k" * 15: YOGYAKARTA[0], "m" * 15: YOGYAKARTA[1]}, True, ["Provinsi Daera…yakarta Barat", "Provinsi Daera…yakarta Timur"]),
        # They differ in the middle: what follows the difference does not tell them apart.
        ({1: "a" * 30 + "1" + "z" * 30, 2: "a" * 30 + "2" + "z" * 30}, False, ["aaaaaaaaaaaaaa…aa1zzzzzzzzz…", "aaaaaaaaaaaaaa…aa2zzzzzzzzz…"]),
        # The first two differ later than the third, and at their ends.
        ({1: "a" * 50 + "1", 2: "a" * 50 + "2", 3: "a" * 30 + "b" * 21}, False,
         ["aaaaaaaaaaaaaa…aaaaaaaaaaaa1", "aaaaaaaaaaaaaa…aaaaaaaaaaaa2", "aaaaaaaaaaaaaa…bbbbbbbbbbbbb"]),
        # A short name that is what another would be cut to.
        ({1: "a" * 27 + "…", 2: "a" * 27 + "bcd"}, False, ["a" * 27 + "…", "aaaaaaaaaaaaaa…aaaaaaaaaabcd"]),
        ({1: "a" * 40, 2: "a" * 40}, False, ["a" * 27 + "…"] * 2),  # one name
    ],
)
def test_names_that_would_be_cut_alike_are_told_apart(names, with_key, cut):
    assert list(short_names(names, with_key=with_key).values()) == cut


def test_names_that_no_cut_tells_apart_stand_in_full():
    names = {at: "a" * 30 + "x" * at + "b" + "x" * (40 - at) + "c" * 20 for at in range(41)}
    cut = short_names(names)
    assert len(set(cut.values())) == len(names) and set(cut.values()) == set(names.values())


def test_names_are_told_apart_in_every_picture(run, policy_run, registration_run):
    alike = "Provinsi Daerah Istimewa Yogyakarta and the islands of the "
    sides = [f"{alike}{side}" for side in ("north", "south", "east", "west", "middle", "rest")]
    streams = ["seasonal_work_in_agriculture_and_fishing", "seasonal_work_in_agriculture_and_trade"]
    long = run.assign_coords(region_name=("region", sides), stream=streams)
    names = {f"Provinsi Daerah Istim… ({code})" for code in run.region.values}
    assert {ax.get_title("left") for ax in stock_over_time(long).axes} == names
    corridors = plot_top_corridors(long)
    labels = [label.get_text() for label in corridors.axes[0].get_yticklabels()]
    assert len(set(labels)) == len(labels) and set(" → ".join(labels).split(" → ")) == names
    legend = corridors.axes[0].get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["seasonal work…e and fishing", "seasonal work…ure and trade"]
    assert set(text.get_text() for text in flow_map(long).axes[0].texts) <= names
    variants = [f"the_program_of_the_ministry_of_labour_{number}" for number in (1, 2)]
    both = [dataset.assign_coords(variant=variant) for dataset, variant in zip((long, policy_run), variants)]
    figure = difference(*both, regions=["DEU", "USA"])
    assert {ax.get_title("left") for ax in figure.axes[:4]} - {""} == {name for name in names if "(DEU)" in name or "(USA)" in name}
    lines = [text.get_text() for text in figure.axes[-1].get_legend().get_texts()]
    assert lines[:2] == ["the_program_of_th…stry_of_labour_1", "the_program_of_th…stry_of_labour_2"]
    with sojourn.open(registration_run) as said:
        dataset = said.drop_vars([name for name in said.variables if "_label" in str(name)])
        kinds = [f"registered_and_waiting_for_an_interview_{number}" for number in range(dataset.sizes["transition"])]
        titles = [ax.get_title("left") for ax in life_course(dataset.assign_coords(transition=kinds)).axes]
        assert len(set(titles)) == len(titles) and max(map(len, titles)) <= 28
        queue = dataset.queue.values[0]
        one = dataset[QUEUE].sel(queue=[queue, queue], transition=[queue, queue])
        one = one.assign_coords(queue=kinds[:2], transition=kinds[:2]).assign(interval_bnds=dataset.interval_bnds, stock=dataset.stock)
        titles = [ax.get_title("left") for ax in queues(one).axes]
        assert len(set(titles)) == 6 and titles[5] == "registe…view_1: waiting time"


QUEUE = ["queue_requests", "queue_length", "transitions", "waiting_time_mean", "waiting_time"]


def test_as_many_regions_as_a_picture_holds(run):
    codes = [f"r{number}" for number in range(300)]
    stock = run.stock.sum(["age", "sex"]).isel(region=[0] * 300).assign_coords(region=codes)
    many = stock.to_dataset().assign_coords(region_name=("region", [f"{code} " + "x" * 300 for code in codes]))
    figure = stock_over_time(many, codes)
    assert len(figure.axes) == 40 and any("the first 40 of the 300 regions named" in text for text in texts(figure))


@pytest.mark.parametrize("shift", [300, -380])
def test_dates_of_any_year(run, shift):
    """Outside 1678 to 2262 xarray has dates of cftime."""
    moved = run.load().copy()
    for name in "time", "interval":
        moved = moved.assign_coords({name: moved_dates(run[name].values, shift)})
    moved = moved.assign_coords(interval_bnds=(("interval", "bnds"), moved_dates(run.interval_bnds.values, shift)))
    assert moved.time.dtype == object
    figures = [stock_over_time(moved, ["DEU"]), *(difference(moved, moved * 2, name, ["DEU"]) for name in ("stock", "flow"))]
    for figure in figures:
        figure.draw_without_rendering()
    assert any(f"1 January {2000 + shift} to 1 January {2007 + shift}" in text for text in texts(plot_top_corridors(moved)))
    assert num2date(figures[0].axes[0].lines[0].get_xdata(orig=False)[0]).year == 2000 + shift


def moved_dates(values, years):
    days = values.astype("datetime64[D]")
    whole = [cftime.DatetimeProlepticGregorian(day.item().year + years, day.item().month, day.item().day) for day in days.ravel()]
    array = np.empty(len(whole), object)
    array[:] = whole
    return array.reshape(values.shape)


def test_a_long_name_and_title_fit(run, policy_run):
    name = "The United Kingdom of Great Britain and Northern Ireland"
    long = run.assign_attrs(title="What if the quotas of workers who come for a season were doubled? " * 3)
    long = long.assign_coords(region_name=("region", [name, *run.region_name.values[1:]]))
    for figure in (stock_over_time(long), plot_top_corridors(long), flow_map(long), difference(long, policy_run)):
        titles = [ax._left_title for ax in figure.axes if ax.get_title(loc="left")]
        assert_apart(figure, [*figure.texts[:2], *titles])


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (7, "7"), (-1234, "−1,234"), (999_999, "999,999"), (1_234_567, "1.23 million"), (8.2e9, "8.20 billion"),
     (-45.6e6, "−45.6 million")],
)
def test_numbers_of_persons(number, text):
    assert persons(number) == text


def test_signs_and_shares():
    assert persons(5, signed=True) == "+5" and persons(0, signed=True) == "0"
    assert share(1, 100) == "+1.0 %" and share(-3, 10_000) == "−0.03 %" and share(1, 10**6) == "" and share(1, 0) == ""


def test_ticks_have_as_many_decimals_as_tell_them_apart():
    formatter = PersonsFormatter(1e6)
    assert formatter.format_ticks([1_000_000, 1_250_000, 1_500_000]) == ["1.00", "1.25", "1.50"]
    assert formatter.format_ticks([1_000e6, 1_200e6]) == ["1,000", "1,200"]
    assert PersonsFormatter(1, signed=True).format_ticks([-10, 0, 10]) == ["−10", "0", "+10"]


def test_years_are_whole_and_from_the_start(run):
    ends = ends_of_intervals(run)
    sums, years = yearly(np.arange(84)[:, None], ends)
    assert len(sums) == 7 and sums[0, 0] == sum(range(12)) and years[-1] == np.datetime64("2007-01-01")
    sums, years = yearly(np.ones(75), ends[:76])  # six years and three months
    assert len(sums) == 6 and years[-1] == np.datetime64("2006-01-01")
    assert yearly(np.ones(36), ends[:37]) is None  # few years
    weeks = np.arange("2000-01-03", "2009-01-01", 7, dtype="datetime64[D]").astype("datetime64[ns]")
    assert yearly(np.ones(len(weeks) - 1), weeks) is None  # a year ends within a week
