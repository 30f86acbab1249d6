"""The notebook runs from top to bottom, under the Python that runs this test, and is committed without outputs."""

import json
import os
import sys

import jupyter_client
import nbclient
import nbformat
import pytest


@pytest.fixture(scope="module")
def path(source):
    return source / "analysis" / "notebooks" / "first_look.ipynb"


@pytest.fixture(scope="module")
def executed(path, source, program, tmp_path_factory):
    """The notebook with its outputs. Kernels found on the machine may belong to another Python, so this test brings its own."""
    kernels = tmp_path_factory.mktemp("kernels")
    (kernels / "sojourn").mkdir()
    specification = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "This Python",
        "language": "python",
        "env": {
            "SOJOURN": program,
            "PYTHONPATH": str(source / "analysis"),
            "IPYTHONDIR": str(kernels / "ipython"),  # no start-up files of whoever runs the tests
            "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", str(kernels / "pycache")),
        },
    }
    (kernels / "sojourn" / "kernel.json").write_text(json.dumps(specification), encoding="utf-8")
    finder = jupyter_client.kernelspec.KernelSpecManager(kernel_dirs=[str(kernels)], ensure_native_kernel=False)
    manager = jupyter_client.AsyncKernelManager(kernel_name="sojourn", kernel_spec_manager=finder)
    notebook = nbformat.read(path, as_version=4)
    probe = nbformat.v4.new_code_cell("import sys, sojourn; print(sys.executable, sojourn.__file__)")
    notebook.cells.append(probe)
    client = nbclient.NotebookClient(
        notebook, km=manager, timeout=300, resources={"metadata": {"path": str(path.parent)}}
    )
    return client.execute(cleanup_kc=True)  # with a manager of our own, the kernel would live on


def test_it_runs_under_this_python_with_our_package(executed, source):
    python, _, package = executed.cells[-1].outputs[0].text.strip().partition(" ")
    assert python == sys.executable
    assert package == str(source / "analysis" / "sojourn" / "__init__.py")


def test_it_draws_its_pictures(executed):
    pictures = [
        output for cell in executed.cells for output in cell.get("outputs", []) if "image/png" in output.get("data", {})
    ]
    assert len(pictures) == 5
    assert all(len(picture.data["image/png"]) > 10_000 for picture in pictures)


def test_it_says_nothing_on_the_error_stream(executed):
    said = [o.text for cell in executed.cells for o in cell.get("outputs", []) if o.get("name") == "stderr"]
    assert said == []


def test_it_is_committed_without_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None
