"""The measures, the merging of states and the gravity model of the world scenario's evaluation, by hand calculation."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

WORLD = Path(__file__).resolve().parents[2] / "scenarios" / "world"
sys.path.insert(0, str(WORLD))

import estimates  # noqa: E402
import evaluate  # noqa: E402
import evaluate_population  # noqa: E402
import gravity  # noqa: E402
import metrics  # noqa: E402
import worlddata  # noqa: E402

ESTIMATE = np.array([[99.0, 10.0, 0.0], [4.0, 99.0, 6.0], [0.0, 2.0, 99.0]])
FORECAST = np.array([[0.0, 6.0, 3.0], [4.0, 0.0, 9.0], [1.0, 0.0, 0.0]])


def test_the_diagonal_does_not_count() -> None:
    assert metrics.corridors(ESTIMATE).tolist() == [10, 0, 4, 6, 0, 2]
    assert metrics.total(ESTIMATE) == 22 and metrics.total(FORECAST) == 23


def test_common_part_by_hand() -> None:
    # min: 6 + 0 + 4 + 6 + 0 + 0 = 16; sums 22 and 23
    assert metrics.common_part(FORECAST, ESTIMATE) == pytest.approx(32 / 45)
    assert metrics.common_part(ESTIMATE, ESTIMATE) == 1
    assert metrics.common_part(np.zeros((3, 3)), ESTIMATE) == 0


def test_mean_absolute_error_by_hand() -> None:
    # 4 + 3 + 0 + 3 + 1 + 2 over six corridors
    assert metrics.mean_absolute_error(FORECAST, ESTIMATE) == pytest.approx(13 / 6)


def test_log_correlation_uses_all_corridors() -> None:
    left = np.log([7, 4, 5, 10, 2, 1])
    right = np.log([11, 1, 5, 7, 1, 3])
    left, right = left - left.mean(), right - right.mean()
    expected = (left @ right) / np.sqrt((left @ left) * (right @ right))
    assert metrics.log_correlation(FORECAST, ESTIMATE) == pytest.approx(expected)


def test_log_correlation_of_those_positive_in_both() -> None:
    # left: 6, 4, 9 against 10, 4, 6
    left = np.log([6, 4, 9]) - np.log([6, 4, 9]).mean()
    right = np.log([10, 4, 6]) - np.log([10, 4, 6]).mean()
    expected = (left @ right) / np.sqrt((left @ left) * (right @ right))
    assert metrics.log_correlation_positive(FORECAST, ESTIMATE) == pytest.approx(expected)


def test_states_that_split_are_merged_and_moves_inside_dropped() -> None:
    matrix = np.array([[0.0, 1.0, 2.0], [3.0, 0.0, 4.0], [5.0, 6.0, 0.0]])
    merged = estimates.merge(matrix, ["FRA", "MNE", "SRB"], ["FRA", "MNE", "SRB"], ["FRA", "SCG"])
    assert merged.tolist() == [[0, 3], [8, 0]]
    table = pd.DataFrame({"orig": ["SDN", "SSD", "SDN", "XXX"], "dest": ["FRA", "FRA", "SSD", "FRA"], "n": [1, 2, 4, 8]})
    assert estimates.square(table, "n", ["FRA", "SUD"]).tolist() == [[0, 0], [3, 0]]


def test_poisson_regression_on_groups_gives_the_means() -> None:
    group = np.array([0.0, 0.0, 0.0, 1.0, 1.0])
    response = np.array([1.0, 2.0, 3.0, 10.0, 30.0])
    coefficients = gravity.fit(np.column_stack([np.ones(5), group]), response)
    assert coefficients == pytest.approx([np.log(2), np.log(10)])


def test_poisson_regression_finds_a_power_law_and_solves_its_equations() -> None:
    generator = np.random.default_rng(5)
    covariates = np.column_stack([np.ones(400), generator.normal(size=(400, 2))])
    exact = np.exp(covariates @ [4.0, -1.0, 0.5])
    assert gravity.fit(covariates, exact) == pytest.approx([4, -1, 0.5])
    noisy = generator.poisson(exact).astype(float)
    found = gravity.fit(covariates, noisy)
    assert covariates.T @ (noisy - np.exp(covariates @ found)) == pytest.approx([0, 0, 0], abs=1e-3)


def test_gravity_forecast_carries_the_fit_to_new_covariates() -> None:
    generator = np.random.default_rng(6)
    before = np.concatenate([np.ones((8, 8, 1)), generator.normal(size=(8, 8, 2))], axis=-1)
    now = before.copy()
    now[..., 1] += 1
    flow = np.exp(before @ [2.0, 0.7, -0.4])
    expected = gravity.forecast(before, flow, now)
    off = ~np.eye(8, dtype=bool)
    assert expected[off] == pytest.approx((flow * np.exp(0.7))[off])
    assert np.diag(expected).tolist() == [0] * 8


def test_relocations_are_read_by_name_whatever_the_order_of_dimensions(tmp_path: Path) -> None:
    counts = np.arange(2 * 3 * 3).reshape(2, 3, 3)
    places = ["FRA", "MNE", "SRB"]
    dataset = xr.Dataset(
        {"relocations": (("interval_relocations", "origin", "destination"), counts)},
        coords={"origin": places, "destination": places},
    ).transpose("destination", "interval_relocations", "origin")
    dataset.to_netcdf(tmp_path / "run.h5", engine="h5netcdf")
    read = evaluate.simulated_relocations(tmp_path / "run.h5", ["FRA", "SCG"])
    assert list(read) == [1990, 1995]
    assert read[1990].tolist() == [[0, 3], [9, 0]]
    with pytest.raises(ValueError, match="missing: DEU"):
        evaluate.simulated_relocations(tmp_path / "run.h5", ["DEU", "FRA", "SCG"])
    xr.Dataset().to_netcdf(tmp_path / "empty.h5", engine="h5netcdf")
    with pytest.raises(ValueError, match="relocations"):
        evaluate.simulated_relocations(tmp_path / "empty.h5", ["FRA"])


def test_table_marks_the_best_of_several_only() -> None:
    known = {(1990, "da_pb_closed"): ESTIMATE, (1995, "da_pb_closed"): ESTIMATE}
    predicted = {
        (1990, "da_pb_closed", evaluate.SIMULATED): FORECAST,
        (1995, "da_pb_closed", evaluate.SIMULATED): FORECAST,
        (1995, "da_pb_closed", evaluate.LAST): ESTIMATE,
    }
    lines = evaluate.markdown(evaluate.score(predicted, known)).splitlines()
    assert len(lines) == 5
    assert "**" not in lines[2] and "**" not in lines[3]
    assert "| **1.000** |" in lines[4] and "| **0** |" in lines[4]


def test_gravity_of_the_real_data_explains_its_own_interval() -> None:
    try:
        world = worlddata.data_folder()
    except worlddata.NoData as error:
        pytest.skip(f"no estimates to compare with: {error}")
    codes = estimates.compared_codes(world)
    assert len(codes) == 185 and {"SCG", "SUD"} <= set(codes) and not {"SRB", "MNE", "SDN", "SSD"} & set(codes)
    known = estimates.flows(world, codes, (1990,))
    assert metrics.total(known[1990, "da_pb_closed"]) == pytest.approx(71.9e6, rel=1e-3)
    layers, names = estimates.covariates(world, codes, 1990)
    assert np.isfinite(layers[~np.eye(185, dtype=bool)]).all() and layers.shape == (185, 185, len(names))
    fitted = gravity.forecast(layers, known[1990, "da_pb_closed"], layers)
    assert metrics.total(fitted) == pytest.approx(71.9e6, rel=1e-3)  # a Poisson regression with a constant keeps the sum
    assert metrics.common_part(fitted, known[1990, "da_pb_closed"]) > 0.55


def test_people_without_either_migration_are_what_is_left_to_compare() -> None:
    run = pd.DataFrame({"people": [110.0, 50.0], "net_migration": [5.0, -1.0]}, index=["AAA", "BBB"])
    un = pd.DataFrame(
        {"people_un": [100.0, 200.0], "net_migration_wpp2019": [-4.0, 2.0], "net_migration_wpp2022": [0.0, 0.0]}, index=["AAA", "BBB"]
    )
    table = evaluate_population.compare(run, un)
    assert list(table.index) == ["BBB", "AAA"]
    assert table.loc["AAA", "difference"] == pytest.approx(10)
    assert table.loc["AAA", "rest"] == pytest.approx(105 - 104)
    assert "| AAA | 0.0 | 0.0 | +10.0 % |" in evaluate_population.markdown(table)


def test_stocks_and_flows_of_a_run_are_read_by_region(tmp_path) -> None:
    flow = xr.DataArray(np.array([[[[0, 3], [2, 0]]]]), dims=["interval", "stream", "origin", "destination"])
    stock = xr.DataArray(np.array([[[1, 1], [4, 4]], [[2, 3], [5, 6]]]), dims=["time", "region", "sex"])
    names = ["AAA", "BBB"]
    run = xr.Dataset({"stock": stock, "flow": flow}, coords={"region": names, "origin": names, "destination": names})
    run.to_netcdf(tmp_path / "run.h5", engine="h5netcdf")
    read = evaluate_population.simulated(tmp_path / "run.h5")
    assert list(read["people"]) == [5, 11]
    assert list(read["net_migration"]) == [2 - 3, 3 - 2]
