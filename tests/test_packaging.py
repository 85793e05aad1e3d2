"""What is installed is what is here."""

import configparser
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import clusternet

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def setup():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_every_room_is_packaged(setup):
    rooms = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "clusternet").rglob("__init__.py")}
    assert set(setup["options"]["packages"].split()) - {"clusternet.surveys"} == rooms


def test_every_requirement_is_pinned_without_an_address(setup):
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in text.splitlines() if "==" in line}
    wanted = setup["options"]["install_requires"] + "".join(setup["options.extras_require"].values())
    names = {line.split()[0].lower().replace("_", "-") for line in wanted.splitlines() if line.strip()}
    assert names <= pinned


def test_public_names_can_all_be_imported():
    assert {name for name in clusternet.__all__ if getattr(clusternet, name) is None} == set()
    assert set(clusternet._HOME) == set(clusternet.__all__)
    assert set(clusternet.__all__) <= set(dir(clusternet))
    with pytest.raises(AttributeError, match="find_custers"):
        _ = clusternet.find_custers


def test_the_wheel_runs_the_demo_from_any_folder(tmp_path):
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--wheel-dir",
            str(tmp_path),
            str(ROOT),
        ],
        check=True,
        cwd=tmp_path,
    )
    wheel = next(tmp_path.glob("*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    assert "clusternet/surveys/furniture/enterprises.csv" in names
    assert "clusternet/locale/ar.po" in names
    assert not [name for name in names if name.startswith(("tests", "benchmarks"))]
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    code = f"import sys; sys.path.insert(0, {str(tmp_path / 'installed')!r}); from clusternet.cli import main; sys.exit(main(['demo', '--method', 'leiden', '--draws', '3', '--resamples', '2']))"
    done = subprocess.run([sys.executable, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "clusternet-demo" / "report.html").is_file()
