"""A real output, by readers that are not ours, and held against the page that describes the format."""

import re
import subprocess
import warnings

import h5netcdf
import h5py
import netCDF4
import numpy as np
import pytest
import xarray

SCENARIO = """\
sojourn: 1
title: {en: Every kind of output, az: Hər cür nəticə}
description: {en: A text with “quotes” and a dash – as long as it likes., az: Mətn}
time: {start: 2020-01-01, end: 2022-01-01, step: 1 month}
regions: {north: {latitude: 60, longitude: 10}, south: {name: {en: South, az: Cənub}, latitude: 40, longitude: 15}, west: {}}
attributes: {sex: [female, male], status: [out, in]}
factors:
  wage: {values: {north: 900, south: 700, west: 300}, unit: EUR per month}
  trip: {value: 3, unit: days}
population:
  stayers: {table: people.csv, region: region, sex: sex, status: out, age: 0-79, count: persons}
demography:
  births: {who: {sex: female}, rate: 0.02 per year, newborn: {sex: {female: 1, male: 1}, status: inherit}}
  deaths: {rate: 0.01 per year}
limits:
  quota: {amount: 50, unit: permits, every: month, for_each: region}
streams:
  work:
    draws: {quota: 1}
    hazard: {rate: 0.05 per year, age: rogers_castro}
    destination: {pull: [{factor: wage, as: log, coefficient: 0.5}]}
  return:
    who: {foreign_born: true}
    hazard: {rate: 0.2 per year}
    destination: {choose: birth}
transitions:
  register: {who: {sex: female}, becomes: {status: in}, rate: 0.2 per year}
  lapse: {becomes: {status: out}, rate: 0.1 per year}
  card: {who: {sex: male}, becomes: {status: in}, rate: 0.5 per year, capacity: {limit: 90, every: month, give_up: 0.2 per year, deadline: 60 days}}
inflow:
  workers: {number: 500 per year, into: west, age: 20-39, sex: {female: 1, male: 2}, status: out}
outflow:
  emigrate: {who: {age: 20-39}, rate: 0.01 per year}
policies: {raise: {from: 2021-01-01, change: [{what: factors.wage, scale: 2, regions: [south]}]}}
variants: {baseline: [], raised: [raise]}
labels:
  attributes: {sex: {label: {az: cins}, values: {female: {az: qadın}}}, status: {values: {in: {az: İçəri}}}}
  factors: {wage: {az: əməkhaqqı}}
  streams: {work: {az: İş}}
  transitions: {register: {az: qeydiyyat}, card: {az: vəsiqə}}
  limits: {quota: {az: kvota}}
  inflow: {workers: {az: işçilər}}
  outflow: {emigrate: {az: mühacirət}}
  policies: {raise: {az: artım}}
  variants: {raised: {az: artırılmış}}
output:
  stocks: [region, sex, age]
  flows: [origin, destination, stream, sex, age]
  flow_layout: LAYOUT
  relocations: 1 year
  usual_residence: 6 months
  diaspora: 6 months
  citizenship: 6 months
  factors: [wage, trip]
"""
PEOPLE = "region,sex,persons\n" + "".join(
    f"{region},{sex},{persons}\n" for region, persons in (("north", 8000), ("south", 9000), ("west", 7000)) for sex in ("female", "male")
)
HOW_FILES_TIE_DIMENSIONS = {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "_Netcdf4Dimid", "DIMENSION_LABELS"}


@pytest.fixture(scope="module", params=["dense", "table"])
def output(request, outputs):
    return outputs[request.param]


@pytest.fixture(scope="module")
def outputs(simulate, tmp_path_factory):
    """A run of everything that can be recorded, with its flows as an array and as a table."""
    folder = tmp_path_factory.mktemp("output")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    for layout in ("dense", "table"):
        scenario = folder / f"{layout}.yaml"
        scenario.write_text(SCENARIO.replace("LAYOUT", layout), encoding="utf-8")
        simulate(scenario, folder / f"{layout}.h5", "--variant", "raised")
    return {layout: folder / f"{layout}.h5" for layout in ("dense", "table")}


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_xarray_reads_all_of_it_without_a_warning(output, engine):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with xarray.open_dataset(output, engine=engine) as run:
            run.load()
    assert not any(variable.dtype.kind == "m" for variable in run.variables.values()), "a number was taken for a timedelta"
    assert {"region_name", "latitude", "longitude", "variant", "replicate", "age_from"} <= set(run.coords)
    assert list(run.region.values) == ["north", "south", "west"]
    assert run.time.values[0] == np.datetime64("2020-01-01") and run.time.values[-1] == np.datetime64("2022-01-01")
    assert (run.interval_bnds.values[1:, 0] == run.interval_bnds.values[:-1, 1]).all()
    assert run.variant.item() == "raised" and run.replicate.item() == 0
    assert run.attrs["scenario"].startswith("sojourn: 1\ntitle: {en: Every kind of output, ")
    people = run.stock.sum(["region", "sex", "age"]).values
    natural = run.births.sum(["region", "sex"]).values - run.deaths.sum(["region", "sex", "age"]).values
    outside = run.inflow.sum(["region", "sex", "entry"]).values - run.outflow.sum(["region", "sex", "exit"]).values
    assert people[0] == 48000 and (np.diff(people) == natural + outside).all() and natural.any() and outside.any()
    assert run.inflow.sum() == 1000 and run.diaspora.sel(birth="outside")[-1].sum() > 800
    assert float(run.factor_trip[0]) == 3 and run.factor_trip.attrs["unit"] == "days"
    assert list(run.factor_wage.sel(region="south").values) == [700] * 12 + [1400] * 12


def test_flows_by_usual_residence_are_fewer_than_moves_and_the_last_year_is_preliminary(output):
    with xarray.open_dataset(output, engine="h5netcdf") as run:
        assert run.flow_usual.attrs["counting"] == "usual_residence"
        assert list(run.usual_final.values) == [1, 1, 0, 0]
        assert [str(day)[:7] for day in run.interval_usual.values] == ["2020-01", "2020-07", "2021-01", "2021-07"]
        assert (run.interval_usual_bnds[:, 1].values[:-1] == run.interval_usual.values[1:]).all()
        moves = run.flow_count.sum() if "flow_count" in run else run.flow.sum()
        assert 0.5 * float(moves) < float(run.flow_usual.sum()) < float(moves)


def test_counts_are_integers_without_a_fill_value(output):
    with h5py.File(output) as file:
        for name in ("stock", "births", "deaths", "transitions", "inflow", "outflow", "flow", "flow_count", "flow_usual", "relocations", "diaspora"):
            if name in file:
                assert file[name].dtype == np.int32 and "_FillValue" not in file[name].attrs


def test_netcdf4_and_h5netcdf_see_the_same(output):
    with netCDF4.Dataset(output) as one, h5netcdf.File(output, "r", decode_vlen_strings=True) as other:
        assert list(one.dimensions) == list(other.dimensions)
        assert list(one.variables) == list(other.variables)
        for name, variable in one.variables.items():
            assert variable.dimensions == other.variables[name].dimensions
            assert variable.shape == other.variables[name].shape
            np.testing.assert_array_equal(np.ma.filled(variable[...], np.nan), other.variables[name][...])


def as_text(attribute):
    """An attribute as text: some versions of h5py read text of a fixed length as bytes."""
    return attribute.decode() if isinstance(attribute, bytes) else str(attribute)


def test_units_are_those_that_udunits_knows_and_everybody_is_told_of_what_a_number_is(output):
    with h5py.File(output) as file:
        arrays = [(name, key, as_text(array.attrs[key])) for name, array in file.items() for key in ("units", "unit") if key in array.attrs]
    units = {text for _, key, text in arrays if key == "units"}
    unit_of = {name: text for name, key, text in arrays if key == "unit"}
    assert {"1", "days since 1970-01-01", "day", "years", "degrees_north"} <= units
    for unit in units:
        done = subprocess.run(["udunits2", "-H", unit, "-W", unit], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"UDUNITS does not know '{unit}': {done.stderr}"
    assert {unit_of[name] for name in ("stock", "births", "diaspora")} == {"persons"}
    assert [unit_of[f"factor_{name}"] for name in ("wage", "trip")] == ["EUR per month", "days"]


def test_ncdump_and_h5dump_list_it(output):
    listing = subprocess.run(["ncdump", "-h", str(output)], capture_output=True, text=True, check=True).stdout
    assert "int stock(time, region, sex, age)" in listing or "int stock(time, region, age, sex)" in listing
    assert ':Conventions = "CF-1.10"' in listing and "group: provenance" in listing
    dump = subprocess.run(["h5dump", "-H", str(output)], capture_output=True, text=True, check=True)
    assert "H5T_ENUM" not in dump.stdout and dump.stderr == ""


def test_every_axis_has_a_scale_and_no_dimension_comes_twice(output):
    with h5py.File(output) as file:
        for name, dataset in file.items():
            if not isinstance(dataset, h5py.Dataset) or is_scale(dataset):
                continue
            names = [scale.name for dimension in dataset.dims for scale in dimension.values()]
            assert len(names) == dataset.ndim == len(set(names)), name
            if dataset.ndim > 1 and dataset.maxshape[0] is None and not name.endswith("_bnds"):
                assert dataset.chunks[0] == 1 and dataset.shuffle and dataset.compression == "gzip" and dataset.compression_opts == 1


def test_array_and_table_hold_the_same_flows(outputs):
    with xarray.open_dataset(outputs["dense"], engine="h5netcdf") as dense, xarray.open_dataset(outputs["table"], engine="h5netcdf") as table:
        made = np.zeros(dense.flow.shape, np.int64)
        np.add.at(made, tuple(table[f"flow_{name}"].values for name in dense.flow.dims), table.flow_count.values)
        assert np.array_equal(made, dense.flow.values)
        assert (table.flow_count > 0).all()
        assert all(table[f"flow_{name}"].attrs["index_of"] == name for name in dense.flow.dims)
        for name in ("stock", "relocations", "diaspora"):
            assert dense[name].identical(table[name])


@pytest.mark.parametrize("each, kind", [(100, "i"), (0.5, "f")])
def test_counts_are_of_persons_whatever_an_agent_stands_for(simulate, tutorial, tmp_path, each, kind):
    simulate(tutorial, tmp_path / "a.h5", "--persons-per-agent", each)
    with xarray.open_dataset(tmp_path / "a.h5", engine="h5netcdf") as run:
        assert run.attrs["persons_per_agent"] == each
        for name in ("stock", "flow", "relocations", "diaspora"):
            assert run[name].attrs["unit"] == "persons" and run[name].attrs["persons_per_agent"] == each
            assert run[name].dtype.kind == kind and (run[name] % each == 0).all()
        assert (run.stock.sum(("region", "age")) == 900_000).all()


# --- the page that describes the format -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(source):
    """The tables of FORMAT.md: by heading, rows by name, the other cells by column."""
    tables = {}
    heading = columns = None
    for line in (source / "sim" / "output" / "FORMAT.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("## "):
            heading, columns = line[3:], None
            tables[heading] = {}
        elif not line.startswith("|"):
            continue
        elif columns is None:
            columns = cells
        elif not set(line) <= set("|- "):
            for name in cells[0].split(", "):
                tables[heading][name.strip("`")] = dict(zip(columns[1:], cells[1:]))
    for name, row in tables["Labels"].items():  # each stands again for every language
        tables["Variables"] |= {name: row} | ({} if name.endswith("_LANGUAGE") else {f"{name}_LANGUAGE": row})
    return tables


def type_of(data_type, shape=()):
    """A type of HDF5 in the words of the page."""
    if h5py.check_string_dtype(data_type):
        return "list of texts" if shape else "text"
    return data_type.name


def is_scale(dataset):
    return h5py.h5ds.is_scale(dataset.id)


def only_dimension(dataset):
    return dataset.attrs.get("NAME", b"").startswith(b"This is a netCDF dimension but not a netCDF variable")


def common_name(name):
    """Attributes of agents, factors and languages stand on the page under a common name."""
    name = re.sub(r"(_labels?|^label|^title|^description|^region_name)_(az|en)$", r"\1_LANGUAGE", name)
    return re.sub(r"sex|status", "ATTRIBUTE", re.sub(r"^factor_.*", "factor_NAME", name))


def described(name, rows):
    common = common_name(name)
    assert common in rows, f"{name} is not described in FORMAT.md"
    return rows[common]


def check_attributes(attributes, rows):
    seen = set(attributes) - HOW_FILES_TIE_DIMENSIONS
    for name in seen:
        kind = attributes.get_id(name)
        assert type_of(kind.dtype, kind.shape) == described(name, rows)["type"], name
    return {common_name(name) for name in seen}


@pytest.fixture(scope="module")
def counted(simulate, tmp_path_factory):
    """A run whose movers would have no records if nobody asked for the diaspora."""
    scenario = tmp_path_factory.mktemp("counted") / "counted.yaml"
    scenario.write_text(
        "sojourn: 1\ntitle: Counted\ntime: {start: 2020-01-01, end: 2021-01-01, step: 1 month}\nregions: [north, south]\n"
        "population: {stayers: {values: {north: 100, south: 100}}}\n"
        "streams: {go: {hazard: {rate: 0.1 per year}, destination: {}}}\noutput: {diaspora: 1 year}\n",
        encoding="utf-8",
    )
    return simulate(scenario, scenario.with_suffix(".h5"))


def test_the_page_describes_every_attribute(outputs, counted, page):
    with h5py.File(counted) as file:
        assert "records_for_outputs" in check_attributes(file.attrs, page["Root attributes"])
    for path in outputs.values():
        with h5py.File(path) as file:
            seen = check_attributes(file.attrs, page["Root attributes"])
            assert seen | {"records_for_outputs"} == set(page["Root attributes"])
            rows = page["Attributes of the group `/provenance`"]
            unsaid = set(rows) - check_attributes(file["provenance"].attrs, rows)
            assert all("left out if" in rows[name]["meaning"] for name in unsaid)
            rows = page["Attributes of variables"]
            seen = [check_attributes(item.attrs, rows) for item in file.values() if isinstance(item, h5py.Dataset)]
            assert set().union(*seen) | {"index_of"} == set(rows)


def test_the_page_describes_every_dimension_and_variable(outputs, page):
    seen = set()
    for path in outputs.values():
        with h5py.File(path) as file:
            for name, dataset in file.items():
                if not isinstance(dataset, h5py.Dataset):
                    continue
                seen.add(common_name(name))
                if is_scale(dataset):
                    row = described(name, page["Dimensions"])
                    assert ("none" if only_dimension(dataset) else type_of(dataset.dtype)) == row["type"], name
                    assert (dataset.maxshape[0] is None) == (row["grows"] == "yes"), name
                    continue
                row = described(name, page["Variables"])
                assert type_of(dataset.dtype) in re.split(", | or ", row["type"]), name
                names = [scale.name.strip("/") for dimension in dataset.dims for scale in dimension.values()]
                wanted = [part for part in row["dimensions"].split(", ") if part != "none" and not part.endswith("?") and part != "..."]
                assert [common_name(name) for name in names[: len(wanted)]] == wanted, name
                assert len(names) == len(wanted) or "..." in row["dimensions"] or "?" in row["dimensions"], name
    assert seen == set(page["Dimensions"]) | set(page["Variables"])
