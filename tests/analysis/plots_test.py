"""The six plots of real outputs: what they show, what they say where they cannot, and that nothing is downloaded."""

import importlib
import socket
import urllib.request
import warnings

import cftime
import matplotlib
import numpy as np
import pytest
from cartopy.crs import PlateCarree
from matplotlib.collections import LineCollection
from matplotlib.dates import num2date
from shapely.geometry import Point

import sojourn
from sojourn.plots import coastline, difference, flow_map, life_course, queues, stock_over_time, top_corridors
from sojourn.plots.chance import chance
from sojourn.plots.great_circle import arc
from sojourn.plots.style import PersonsFormatter, persons, share, short
from sojourn.plots.years import ends_of_intervals, yearly

flow_map_module = importlib.import_module("sojourn.plots.flow_map")  # the package has a function of that name


@pytest.fixture(autouse=True)
def offline(monkeypatch, tmp_path):
    """No network, and no folder of cartopy's in which an earlier download may lie."""

    def refuse(*arguments, **_):
        raise AssertionError(f"something wants the network: {arguments}")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    import cartopy

    monkeypatch.setitem(cartopy.config, "data_dir", tmp_path / "empty")
    monkeypatch.setitem(cartopy.config, "pre_existing_data_dir", "")
    coastline._land.cache_clear()


@pytest.fixture(autouse=True)
def quiet():
    """A warning of Matplotlib's (a layout that does not fit, a missing glyph) is a fault of the plot."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", module="matplotlib")
        warnings.filterwarnings("error", message=".*(layout|glyph|Glyph|overlap).*")
        yield


@pytest.fixture
def run(places_run):
    with sojourn.open(places_run) as dataset:
        yield dataset


@pytest.fixture
def policy_run(places_policy_run):
    with sojourn.open(places_policy_run) as dataset:
        yield dataset


def texts(figure):
    """All that is written on a figure, unwrapped."""
    found = [text.get_text() for text in figure.findobj(matplotlib.text.Text) if text.get_visible()]
    return [text.replace("\n", " ") for text in found if text]


def saved(figure, tmp_path):
    """The picture as an array; drawn at a low resolution, which is enough to see that it is not empty."""
    path = tmp_path / "figure.png"
    figure.savefig(path, dpi=60)
    return matplotlib.image.imread(path)


def assert_apart(figure, boxes):
    """No two of these artists overlap, and all lie on the figure."""
    figure.draw_without_rendering()
    extents = [artist.get_window_extent() for artist in boxes]
    for i, one in enumerate(extents):
        assert figure.bbox.x0 <= one.x0 and one.x1 <= figure.bbox.x1 and figure.bbox.y0 <= one.y0 and one.y1 <= figure.bbox.y1
        for other in extents[i + 1 :]:
            assert not one.overlaps(other), (boxes[i], one, other)


# --- stock over time --------------------------------------------------------------------------------------------------


def test_stock_draws_the_stock_of_the_regions_named(run, tmp_path):
    figure = stock_over_time(run, ["Germany", "NZL"])
    assert [ax.get_title(loc="left") for ax in figure.axes] == ["Germany", "New Zealand"]
    line = figure.axes[0].lines[0]
    expected = run.stock.sel(region="DEU").sum(["age", "sex"]).values
    assert np.array_equal(line.get_ydata(), expected)
    assert num2date(matplotlib.dates.date2num(line.get_xdata()[0])).year == 2000
    assert saved(figure, tmp_path).std() > 0.02


def test_stock_has_the_scenarios_title_and_says_what_it_shows(run):
    shown = texts(stock_over_time(run))
    assert "Work abroad, and the way back" in shown
    assert any("Stock over time · variant baseline · seed 3" in text for text in shown)
    change = int(run.stock.sel(region="PHL").isel(time=-1).sum() - run.stock.sel(region="PHL").isel(time=0).sum())
    assert any(f"thousand persons, −{-change:,}" in text for text in shown)


def test_stock_shows_first_what_changes_most(run):
    stock = run.stock.sum(["age", "sex"])
    change = abs(stock.isel(time=-1) - stock.isel(time=0))
    largest = run.region_name.values[np.argmax(change.values)]
    assert stock_over_time(run).axes[0].get_title(loc="left") == largest


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
def test_stock_panels_do_not_overlap(run, number):
    figure = stock_over_time(run, list(run.region.values[:number]))
    assert len(figure.axes) == number
    assert_apart(figure, [figure.texts[0], figure.texts[1]])
    for ax in figure.axes:
        labels = [label for label in ax.get_yticklabels() + ax.get_xticklabels() if label.get_text() and label.get_visible()]
        inside = [x for x in labels if ax.bbox.expanded(3, 3).overlaps(x.get_window_extent())]
        assert inside


def test_an_unknown_region_is_named_with_what_may_be_meant(run):
    with pytest.raises(sojourn.UnknownRegion, match="no region 'Germny'; did you mean Germany"):
        stock_over_time(run, ["Germny"])
    with pytest.raises(sojourn.UnknownRegion, match="no region was named"):
        stock_over_time(run, [])


# --- top corridors ----------------------------------------------------------------------------------------------------


def test_corridors_have_names_and_numbers_with_separators(run):
    figure = top_corridors(run, number=6)
    table = sojourn.top_corridors(run, 6)
    (ax,) = figure.axes
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == [f"{row.origin_name} → {row.destination_name}" for row in table.itertuples()]
    numbers = [text.get_text() for text in ax.texts]
    assert numbers == [f"{flow:,}" for flow in table.flow]
    assert ax.get_xlabel().startswith("moves")
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the largest on top
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["labour", "return"]
    assert_apart(figure, [*ax.texts, *ax.get_yticklabels(), ax.get_legend()])


def test_corridor_bars_add_up(run):
    (ax,) = top_corridors(run, number=6).axes
    widths = [bar.get_width() for container in ax.containers for bar in container]
    assert sum(widths) == sojourn.top_corridors(run, 6).flow.sum()


def test_corridors_without_a_move_are_an_error(run):
    with pytest.raises(sojourn.Unplottable, match="nobody moved"):
        top_corridors(run.assign(flow=run.flow * 0))


# --- the map ----------------------------------------------------------------------------------------------------------


def test_the_map_is_drawn_offline_with_the_packaged_coastline(run, tmp_path):
    assert "GSHHS_c_L1.shp" in str(coastline.coastline_file())
    figure = flow_map(run)
    picture = saved(figure, tmp_path)
    land = np.array([0xE7, 0xE5, 0xE0]) / 255
    share_of_land = (np.abs(picture[:, :, :3] - land).max(axis=2) < 0.01).mean()
    assert 0.10 < share_of_land < 0.35  # the Earth's land, on the part of the figure that is map


def test_the_map_has_an_arc_for_each_corridor_with_width_by_flow(run):
    ax = flow_map(run, number=12).axes[0]
    table = sojourn.top_corridors(run, 12)
    arcs = [artist for artist in ax.collections if isinstance(artist, LineCollection)]
    widths = [arc.get_linewidth()[0] for arc in arcs]
    assert len(arcs) == len(table)
    assert np.allclose(widths, np.maximum(8.0 * table.flow / table.flow.max(), 0.7))


def test_the_map_names_the_places_and_the_names_do_not_overlap(run):
    figure = flow_map(run)
    names = figure.axes[0].texts
    assert {text.get_text() for text in names} == set(run.region_name.values)
    assert_apart(figure, names)


def test_the_legend_of_the_map_does_not_overlap(run):
    figure = flow_map(run)
    legend = figure.axes[1]
    assert {"origin", "destination", "moves"} <= {text.get_text() for text in legend.texts}
    assert_apart(figure, legend.texts)


def test_a_map_of_one_part_of_the_world(run, tmp_path):
    near = {"origin": ["DEU", "TUR"], "destination": ["DEU", "TUR"]}
    figure = flow_map(run.sel(region=["DEU", "TUR"], **near))
    west, east, south, north = figure.axes[0].get_extent()
    assert 15 < east - west < 60 and 10 < north - south < 40
    picture = saved(figure, tmp_path)
    sea = np.array([0xF7, 0xFA, 0xFC]) / 255
    assert 0.05 < (np.abs(picture[:, :, :3] - sea).max(axis=2) < 0.01).mean() < 0.7


def test_a_map_across_the_date_line(run):
    regions = ["NZL", "PHL"]
    ocean = run.sel(region=regions, origin=regions, destination=regions)
    ocean = ocean.assign_coords(longitude=("region", [-179.0, 170.0]))
    ax = flow_map(ocean).axes[0]
    assert ax.projection.proj4_params["lon_0"] == 175.5
    west, east, _, _ = ax.get_extent()
    assert east - west < 130


def test_the_map_of_the_tutorial_is_of_its_part_of_the_world(tutorial_run, tmp_path):
    with sojourn.open(tutorial_run) as tutorial:
        figure = flow_map(tutorial)
        west, east, south, north = figure.axes[0].get_extent()
        assert 1 < east - west < 15 and 0.5 < north - south < 10
        assert len(figure.axes[0].texts) == tutorial.sizes["region"]
        assert saved(figure, tmp_path).std() > 0.02


def test_regions_without_coordinates_are_an_error(run):
    with pytest.raises(sojourn.Unplottable, match="no coordinates.*latitude and longitude"):
        flow_map(run.drop_vars("latitude"))
    with pytest.raises(sojourn.Unplottable, match="no coordinates.*latitude and longitude"):
        flow_map(run.assign_coords(latitude=run.latitude * np.nan))  # as the simulator writes it
    lost = run.latitude.where(run.region != "PHL")
    with pytest.raises(sojourn.Unplottable, match="without the coordinates of Philippines"):
        flow_map(run.assign_coords(latitude=lost))


def test_a_machine_without_the_coastline_gets_a_map_and_a_warning(run, monkeypatch, tmp_path):
    import cartopy

    monkeypatch.setitem(cartopy.config, "repo_data_dir", tmp_path)
    with pytest.warns(UserWarning, match="no coastline.*python-cartopy-data"):
        figure = flow_map(run)
    assert saved(figure, tmp_path).std() > 0.02


def test_an_arc_without_a_bow_is_the_great_circle():
    # From Madrid's latitude on one meridian to the same latitude opposite, the shortest way is over the pole.
    longitudes, latitudes = arc((0, 40), (180, 40), points=101, bow=0)
    assert latitudes.max() == pytest.approx(90, abs=1e-6)
    # Along the equator it stays there.
    longitudes, latitudes = arc((10, 0), (70, 0), points=7, bow=0)
    assert np.allclose(latitudes, 0) and np.allclose(longitudes, [10, 20, 30, 40, 50, 60, 70])


def test_arcs_keep_to_the_right():
    _, there = arc((10, 0), (70, 0))  # eastwards: the right is the south
    _, back = arc((70, 0), (10, 0))
    assert there.min() < -0.5 and there.max() < 1e-9
    assert back.max() > 0.5 and back.min() > -1e-9


# --- two variants -----------------------------------------------------------------------------------------------------


def test_the_difference_of_stocks(run, policy_run, tmp_path):
    figure = difference(run, policy_run, "stock", ["NZL"])
    upper, lower = figure.axes[:2]
    one = run.stock.sel(region="NZL").sum(["age", "sex"]).values
    two = policy_run.stock.sel(region="NZL").sum(["age", "sex"]).values
    assert np.array_equal(upper.lines[0].get_ydata(), one) and np.array_equal(upper.lines[1].get_ydata(), two)
    assert np.array_equal(lower.lines[1].get_ydata(), two - one)
    shown = texts(figure)
    assert any("bonus minus baseline · equal until 1 July 2003" in text for text in shown)
    assert "bonus minus baseline" in shown
    assert saved(figure, tmp_path).std() > 0.02


def test_the_difference_of_flows_is_by_year(run, policy_run):
    figure = difference(run, policy_run, "flow", ["NZL", "DEU"])
    line = figure.axes[0].lines[0]
    moves = run.flow.sel(destination="NZL").sum(["origin", "stream", "sex"]).values
    assert np.array_equal(line.get_ydata()[:-1], moves.reshape(7, 12).sum(axis=1))
    assert any("year by year" in text and "equal until 1 July 2003" in text for text in texts(figure))


def test_the_difference_begins_with_where_it_is_largest(run, policy_run):
    assert difference(run, policy_run).axes[0].get_title(loc="left") == "New Zealand"


def test_no_difference_is_said(run):
    shown = texts(difference(run, run, regions=["DEU"]))
    assert "no difference" in shown and any("the two are equal" in text for text in shown)


def test_two_seeds_are_told_apart(run):
    shown = texts(difference(run, run.assign_attrs(seed=8), regions=["DEU"]))
    assert "baseline, seed 3" in shown and "baseline, seed 8" in shown
    shown = texts(difference(run, run.assign_attrs(replicate=2), regions=["DEU"]))
    assert "baseline, seed 3" in shown and "baseline, seed 3, replicate 2" in shown


def test_what_cannot_be_compared(run, tutorial_run):
    with sojourn.open(tutorial_run) as other:
        with pytest.raises(sojourn.Unplottable, match="different regions"):
            difference(run, other)
    with pytest.raises(sojourn.Unplottable, match="different times"):
        difference(run, run.isel(time=slice(0, 20)))
    with pytest.raises(sojourn.Unplottable, match="stock or flow"):
        difference(run, run, "births")


def test_an_ensemble_must_be_selected_from(run):
    several = run.expand_dims(replicate=[0, 1])
    with pytest.raises(sojourn.Unplottable, match=r"several runs.*isel\(replicate=0\)"):
        stock_over_time(several)


# --- chance -----------------------------------------------------------------------------------------------------------


def test_the_difference_says_which_is_subtracted_and_what_dice_would_do(run, policy_run):
    figure = difference(run, policy_run, "stock", ["NZL"])
    shown = texts(figure)
    assert any(text.startswith("Stock: bonus minus baseline ·") and "dice alone" in text for text in shown)
    assert "dice alone, 95 %" in shown
    assert len(figure.axes[1].collections) == 1
    assert "dice alone, 95 %" not in texts(difference(run, run, regions=["DEU"]))


def test_the_band_of_a_flow_is_of_the_moves_of_both(run, policy_run):
    one, two = (total_into(dataset) for dataset in (run, policy_run))
    band = chance(run, policy_run, "flow", two - one)
    first = np.flatnonzero((two - one).any(axis=1))[0]
    assert (band[:first] == 0).all()
    assert np.allclose(band[first:], 1.96 * np.sqrt(one + two)[first:])


def test_the_band_of_a_stock_grows_with_what_has_happened(registration_run):
    with sojourn.open(registration_run) as dataset:
        change = np.ones((dataset.sizes["time"], dataset.sizes["region"]))
        band = chance(dataset, dataset, "stock", change)
        events = total_into(dataset) + sojourn.total(dataset.flow, ["interval", "origin"]).values
        for name in "births", "deaths", "inflow", "outflow":
            events = events + sojourn.total(dataset[name], ["interval", "region"]).values
        assert (band[0] == 0).all()
        assert np.allclose(band[-1], 1.96 * np.sqrt(10 * 2 * events.sum(axis=0)))  # an agent stands for ten persons


def test_two_seeds_stay_within_the_band(simulate, places, places_run, folder):
    """Of 18 differences (six regions at three instants far from each other) fewer than 5 lie outside, but once in 500."""
    other = simulate(places, folder / "places_seed.h5", "--seed", 12)
    with sojourn.open(places_run) as a, sojourn.open(other) as b:
        one, two = (sojourn.total(dataset.stock, ["time", "region"]).values for dataset in (a, b))
        band = chance(a, b, "stock", two - one)
        assert (np.abs(two - one)[[20, 50, 84]] > band[[20, 50, 84]]).sum() < 5
        assert (np.abs(two - one)[1:] > 0.2 * band[1:]).mean() > 0.3  # and it is not far too wide


def total_into(dataset):
    return sojourn.total(dataset.flow, ["interval", "destination"]).values


# --- texts, names and dates of all kinds ------------------------------------------------------------------------------


def test_texts_are_drawn_as_they_stand(run, policy_run):
    """Two dollar signs are no formula, and what would be a wrong formula is no error."""
    name = "Zone A$B$ (US$\\person)"
    title = "Fees (US$\\person) and rents (US$\\month)"
    dollars = run.assign_attrs(title=title).assign_coords(
        region_name=("region", [name, *run.region_name.values[1:]]), stream=["$labour$", "re$t^urn$"]
    )
    figures = [stock_over_time(dollars), top_corridors(dollars), flow_map(dollars), difference(dollars, policy_run, regions=["DEU"])]
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
    assert short("The United Kingdom of Great Britain (GBR)") == "The United Kingdom of… (GBR)"
    assert short("a" * 300) == "a" * 27 + "…" and short("short (X)") == "short (X)"


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
    assert any(f"1 January {2000 + shift} to 1 January {2007 + shift}" in text for text in texts(top_corridors(moved)))
    assert num2date(figures[0].axes[0].lines[0].get_xdata(orig=False)[0]).year == 2000 + shift


def moved_dates(values, years):
    days = values.astype("datetime64[D]")
    whole = [cftime.DatetimeProlepticGregorian(day.item().year + years, day.item().month, day.item().day) for day in days.ravel()]
    array = np.empty(len(whole), object)
    array[:] = whole
    return array.reshape(values.shape)


# --- arcs on the map --------------------------------------------------------------------------------------------------


def test_no_arc_leaves_the_map(run):
    """Neither over the pole nor across the edge: none leaps, on the map of the world and on that of a part of it."""
    pairs = [((-98, 39), (105, 35)), ((-98, 39), (121, 13)), ((-77, 39), (116, 40)), ((-105, 55), (150, 60)), ((-68, -54), (174, -41)),
             ((-170, 65), (170, 66)), ((-150, 61), (139, 36)), ((-60, 60), (70, 60)), ((-10, 50), (30, 45))]
    regions = ["USA", "PHL", "DEU"]
    part = run.sel(region=regions, origin=regions, destination=regions)
    part = part.assign_coords(longitude=("region", [-60.0, 70.0, 10.0]), latitude=("region", [60.0, 60.0, 50.0]))
    for dataset, chosen in (run, pairs), (part, pairs[-2:]):
        ax = flow_map(dataset).axes[0]
        frame = flow_map_module._frame(ax, ax.projection)
        seam = (ax.projection.x_limits[1] - ax.projection.x_limits[0]) / 2
        for pair in chosen:
            for origin, destination in (pair, pair[::-1]):
                points = flow_map_module._on_map(ax.projection, frame, seam, origin, destination)
                ends = [ax.projection.transform_point(*place, PlateCarree()) for place in (origin, destination)]
                assert len(points) == 60 and np.allclose(points[[0, -1]], ends, atol=1e-6 * seam)
                assert np.abs(np.diff(points, axis=0)).max() < 0.2 * seam
                assert all(frame.covers(Point(point)) for point in points[1:-1]), (origin, destination)
        for drawn in (artist for artist in ax.collections if isinstance(artist, LineCollection)):
            assert len(drawn.get_segments()) == 58  # no piece is missing


# --- how numbers and years are written --------------------------------------------------------------------------------


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


def test_the_life_course_has_a_panel_for_each_kind_of_change_and_value(registration_run, tmp_path):
    with sojourn.open(registration_run) as run:
        figure = life_course(run)
        titles = [ax.get_title("left") for ax in figure.axes]
        assert titles[:4] == ["births", "deaths", "inflow: workers", "outflow: going_home"]
        assert "transition: register" in titles and "status: unregistered" in titles and "aware: yes" in titles
        births = figure.axes[0].lines[0]
        first_year = float(run.births.isel(interval=slice(0, 4)).sum())
        assert births.get_ydata()[0] == pytest.approx(first_year, rel=0.002)  # a year of 365 days beside one of 365.25
        assert figure.axes[0].get_ylim()[0] == 0
        assert_apart(figure, figure.axes)
        assert saved(figure, tmp_path).std() > 0.02
        north = life_course(run.sel(region=["north"]))
        assert north.axes[0].lines[0].get_ydata().max() < births.get_ydata().min()


def test_of_many_values_the_life_course_has_the_largest_and_the_rest_in_one_panel(registration_run):
    with sojourn.open(registration_run) as run:
        few = run.isel(aware=0).load()
        values = [f"n{number}" for number in range(120)]
        weights = np.arange(1, 121)
        stock = few.stock.isel(status=0, drop=True).expand_dims(nationality=values, axis=-1) * weights
        many = few.drop_vars(["stock"]).assign(stock=stock)
        figure = life_course(many)
        titles = [ax.get_title("left") for ax in figure.axes]
        assert len(titles) == 20 and titles[-1].startswith("nationality: 1") and titles[-1].endswith(" others")
        kept = [title for title in titles if title.startswith("nationality: n")]
        assert kept == [f"nationality: n{number}" for number in range(120 - len(kept), 120)]
        said = f"of 120 in 'nationality' the {len(kept)} largest, the other {120 - len(kept)} in one panel"
        assert any(said in text for text in texts(figure))
        whole = sojourn.total(stock, ["time"]).values
        assert np.allclose(sum(ax.lines[0].get_ydata() for ax in figure.axes if ax.get_title("left").startswith("nationality")), whole * 10 if "agents" in str(run.stock.attrs.get("units")) else whole)


def test_a_run_without_a_life_course_is_an_error(run):
    with pytest.raises(sojourn.Unplottable, match="no births, deaths, transitions, inflow or outflow"):
        life_course(run)


def test_queues_have_a_line_of_panels_each(simulate, source, folder, tmp_path):
    scenario = source / "scenarios" / "registration" / "registration.yaml"
    path = simulate(scenario, folder / "both.h5", "--variant", "both", "--persons-per-agent", 5)
    with sojourn.open(path) as run:
        figure = queues(run)
        assert [ax.get_title("left") for ax in figure.axes] == ["register", "register: waiting", "register: waiting time"]
        flows, length, wait = figure.axes
        assert [line.get_label() for line in flows.lines] == ["requests", "served"]
        requests = flows.lines[0].get_ydata()
        assert requests[0] == pytest.approx(float(run.queue_requests.isel(interval=slice(0, 4)).sum()), rel=0.002)
        assert length.lines[0].get_ydata()[-1] == float(run.queue_length.isel(time=-1).sum())
        served = sojourn.total(run.transitions, ["interval", "region", "transition"]).sel(transition="register").values[-1]
        mean = np.nansum(served * run.waiting_time_mean.values[-1, :, 0]) / served.sum()
        assert wait.lines[0].get_ydata()[-1] == pytest.approx(mean) and not wait.collections
        assert_apart(figure, figure.axes)
        assert saved(figure, tmp_path).std() > 0.02
        capital = queues(run.sel(region="capital"))
        assert len(queues(run.sel(region=["capital"])).axes[2].collections) == 1
        assert len(capital.axes[2].collections) == 1 and "region capital" in capital.texts[1].get_text()
        assert np.allclose(
            capital.axes[2].lines[0].get_ydata(), run.waiting_time_mean.sel(region="capital").values[:, 0], equal_nan=True
        )


def test_a_run_without_queues_is_an_error(run):
    with pytest.raises(sojourn.Unplottable, match="the output has no queues"):
        queues(run)


def test_years_are_whole_and_from_the_start(run):
    ends = ends_of_intervals(run)
    sums, years = yearly(np.arange(84)[:, None], ends)
    assert len(sums) == 7 and sums[0, 0] == sum(range(12)) and years[-1] == np.datetime64("2007-01-01")
    sums, years = yearly(np.ones(75), ends[:76])  # six years and three months
    assert len(sums) == 6 and years[-1] == np.datetime64("2006-01-01")
    assert yearly(np.ones(36), ends[:37]) is None  # few years
    weeks = np.arange("2000-01-03", "2009-01-01", 7, dtype="datetime64[D]").astype("datetime64[ns]")
    assert yearly(np.ones(len(weeks) - 1), weeks) is None  # a year ends within a week


def test_a_long_name_and_title_fit(run, policy_run):
    name = "The United Kingdom of Great Britain and Northern Ireland"
    long = run.assign_attrs(title="What if the quotas of workers who come for a season were doubled? " * 3)
    long = long.assign_coords(region_name=("region", [name, *run.region_name.values[1:]]))
    for figure in (stock_over_time(long), top_corridors(long), flow_map(long), difference(long, policy_run)):
        titles = [ax._left_title for ax in figure.axes if ax.get_title(loc="left")]
        assert_apart(figure, [*figure.texts[:2], *titles])
