"""The map of the largest flows: the coast, names and legend, and arcs that stay on it."""

import importlib

import numpy as np
import pytest
from cartopy.crs import PlateCarree
from figures import assert_apart, saved
from matplotlib.collections import LineCollection
from shapely.geometry import Point

import sojourn
from sojourn.plots import coastline, flow_map
from sojourn.plots.great_circle import arc

flow_map_module = importlib.import_module("sojourn.plots.flow_map")  # the package has a function of that name

pytestmark = pytest.mark.usefixtures("offline", "quiet")


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


def test_a_coastline_that_cannot_be_read_is_a_map_without_it_and_a_warning(run, monkeypatch, tmp_path):
    import cartopy

    file = tmp_path / "shapefiles" / "gshhs" / "c" / "GSHHS_c_L1.shp"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"nothing of the kind")
    monkeypatch.setitem(cartopy.config, "repo_data_dir", tmp_path)
    with pytest.warns(UserWarning, match="no coastline: .*GSHHS_c_L1.shp cannot be read"):
        flow_map(run)


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
