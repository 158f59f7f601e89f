"""Lock files and manifests of Python tools: every locked package once, with its scope and line."""

from pathlib import Path

import pytest

from compliance.detectors.python_locks import DETECTOR, MAX_BYTES
from compliance.model.skip import Skip
from tests.detectors.examined import Facts, dependencies, examine, line, of

UV = """version = 1
requires-python = ">=3.11"

[[package]]
name = "demo"
version = "0.1.0"
source = { editable = "." }
dependencies = [
    { name = "torch" },
]

[package.optional-dependencies]
vis = [{ name = "pillow" }]

[package.dev-dependencies]
dev = [{ name = "pytest" }]

[[package]]
name = "pillow"
version = "10.0"
source = { registry = "https://user:secret@mirror.example/simple" }

[[package]]
name = "pluggy"
version = "1.0"
source = { git = "https://github.com/pytest-dev/pluggy?rev=main#abc123" }

[[package]]
name = "pytest"
version = "8.0"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "pluggy" }]

[[package]]
name = "torch"
version = "2.1"
source = { registry = "https://pypi.org/simple" }
"""

PYLOCK = """lock-version = "1.0"
created-by = "pip"

[[packages]]
name = "attrs"
version = "23.1"
index = "https://pypi.org/simple"
[[packages.wheels]]
name = "attrs-23.1-py3-none-any.whl"
url = "https://files.example/attrs-23.1-py3-none-any.whl"
hashes = {sha256 = "abc"}

[[packages]]
name = "kernels"
marker = "'dev' in dependency_groups"
[packages.vcs]
type = "git"
url = "https://github.com/acme/kernels"
commit-id = "abc"

[[packages]]
name = "own"
[packages.directory]
path = "."
"""

PDM = """[metadata]
groups = ["default", "lint"]

[[package]]
name = "torch"
version = "2.1"
groups = ["default", "lint"]

[[package]]
name = "ruff"
version = "0.1"
groups = ["lint"]
"""

PIXI = """[workspace]
name = "demo"

[dependencies]
python = ">=3.11"
numpy = "==1.26.0"

[pypi-dependencies]
torch = { version = "==2.1" }
own = { path = ".", editable = true }
kernels = { git = "https://github.com/acme/kernels.git" }

[feature.test.dependencies]
pytest = "*"

[target.linux-64.host-dependencies]
cmake = "*"
"""

PIXI_LOCK = """version: 6
environments:
  default:
    packages:
      linux-64:
      - conda: https://conda.anaconda.org/conda-forge/linux-64/numpy-1.26.0-py311h64a7726_0.conda
packages:
- conda: https://conda.anaconda.org/conda-forge/linux-64/numpy-1.26.0-py311h64a7726_0.conda
  sha256: abc
  depends:
  - python >=3.11
  license: BSD-3-Clause
- pypi: https://files.example/torch-2.1-cp311-manylinux.whl
  name: torch
  version: '2.1'
- pypi: .
  name: own
"""

ENVIRONMENT = """name: demo
channels: [conda-forge]
dependencies:
  - python=3.11
  - conda-forge::numpy==1.26
  - scipy=1.11.0=py311
  - "pytorch>=2"
  - pip:
    - transformers==4.40  # pinned
    - -r requirements.txt
    - -e .
    - git+https://github.com/acme/kernels.git@main
"""


def read(tmp_path: Path, path: str, content: str | bytes) -> Facts:
    return examine(DETECTOR, tmp_path, path, content)


def scopes(tmp_path: Path, path: str, content: str) -> dict[str, tuple[str, bool]]:
    return {purl: (one.scope, one.locked) for purl, one in dependencies(read(tmp_path, path, content)).items()}


def test_uv_lock_says_why_a_package_is_locked(tmp_path: Path) -> None:
    assert scopes(tmp_path, "uv.lock", UV) == {
        "pkg:pypi/pillow@10.0?repository_url=https://mirror.example/simple": ("optional", True),
        "pkg:pypi/pluggy@1.0?vcs_url=git%2Bhttps://github.com/pytest-dev/pluggy%40abc123": ("dev", True),
        "pkg:pypi/pytest@8.0": ("dev", True),
        "pkg:pypi/torch@2.1": ("runtime", True),
    }


@pytest.mark.parametrize(
    ("path", "content", "purl", "words"),
    [
        ("uv.lock", UV, "pkg:pypi/torch@2.1", 'name = "torch"\nversion'),
        ("pylock.toml", PYLOCK, "pkg:pypi/attrs@23.1", 'name = "attrs"\n'),
        ("pdm.lock", PDM, "pkg:pypi/ruff@0.1", 'name = "ruff"'),
        ("pixi.toml", PIXI, "pkg:conda/pytest", "pytest ="),
        ("pixi.lock", PIXI_LOCK, "pkg:pypi/torch@2.1", "- pypi: https"),
        ("environment.yml", ENVIRONMENT, "pkg:pypi/transformers@4.40", "transformers"),
    ],
)
def test_each_package_has_the_line_it_stands_on(
    tmp_path: Path, path: str, content: str, purl: str, words: str
) -> None:
    found = dependencies(read(tmp_path, path, content))

    assert found[purl].lines == line(content, words)


def test_pylock_keeps_groups_and_leaves_out_the_project_itself(tmp_path: Path) -> None:
    expected = {
        "pkg:pypi/attrs@23.1": ("runtime", True),
        "pkg:pypi/kernels?vcs_url=git%2Bhttps://github.com/acme/kernels%40abc": ("dev", True),
    }

    assert scopes(tmp_path, "pylock.toml", PYLOCK) == expected
    assert scopes(tmp_path, "pylock.ci.toml", PYLOCK) == expected


def test_pdm_lock_keeps_groups(tmp_path: Path) -> None:
    assert scopes(tmp_path, "pdm.lock", PDM) == {
        "pkg:pypi/torch@2.1": ("runtime", True),
        "pkg:pypi/ruff@0.1": ("lint", True),
    }


def test_pixi_toml_keeps_features_and_both_ecosystems(tmp_path: Path) -> None:
    assert scopes(tmp_path, "pixi.toml", PIXI) == {
        "pkg:conda/python": ("runtime", False),
        "pkg:conda/numpy@1.26.0": ("runtime", True),
        "pkg:pypi/torch@2.1": ("runtime", True),
        "pkg:pypi/kernels?vcs_url=git%2Bhttps://github.com/acme/kernels.git": ("runtime", False),
        "pkg:conda/cmake": ("build", False),
        "pkg:conda/pytest": ("test", False),
    }


def test_pixi_lock_knows_the_licenses_of_conda_packages(tmp_path: Path) -> None:
    found = dependencies(read(tmp_path, "pixi.lock", PIXI_LOCK))

    assert {purl: one.expression for purl, one in found.items()} == {
        "pkg:conda/numpy@1.26.0": "BSD-3-Clause",
        "pkg:pypi/torch@2.1": None,
    }


def test_an_older_pixi_lock_names_its_packages_in_fields(tmp_path: Path) -> None:
    content = "version: 4\npackages:\n- kind: conda\n  name: numpy\n  version: 1.26.0\n  url: https://x/y.conda\n"

    assert scopes(tmp_path, "pixi.lock", content) == {"pkg:conda/numpy@1.26.0": ("runtime", True)}


@pytest.mark.parametrize("name", ["environment.yml", "environment-gpu.yaml", "conda.yml", "my_env.yaml"])
def test_conda_environments_list_channels_packages_and_pips(tmp_path: Path, name: str) -> None:
    assert scopes(tmp_path, name, ENVIRONMENT) == {
        "pkg:conda/python": ("runtime", False),
        "pkg:conda/numpy@1.26?channel=conda-forge": ("runtime", True),
        "pkg:conda/scipy@1.11.0": ("runtime", True),
        "pkg:conda/pytorch": ("runtime", False),
        "pkg:pypi/transformers@4.40": ("runtime", True),
        "pkg:github/acme/kernels@main": ("runtime", False),
    }


@pytest.mark.parametrize(
    "content",
    [
        "{name: h, dependencies: [pytorch, {pip: [x==0.1]}]}\n",
        b"\xef\xbb\xbfdependencies: [pytorch, {pip: [x==0.1]}]\n",
        "  name: h\n  dependencies:\n    - pytorch\n    - pip: [x==0.1]\n",
        '{dependencies: &all [pytorch, {pip: [x==0.1]}], "channels": []}\n',
        '? "dependencies"\n: - pytorch\n  - pip: [x==0.1]\n',
    ],
)
def test_conda_environments_are_read_however_their_yaml_is_laid_out(tmp_path: Path, content: str | bytes) -> None:
    facts = read(tmp_path, "environment.yml", content)

    assert sorted(dependencies(facts)) == ["pkg:conda/pytorch", "pkg:pypi/x@0.1"]
    assert of(Skip, facts) == []


@pytest.mark.parametrize(
    "option", ["-r more.txt", "-rmore.txt", "--requirement=more.txt", "-r https://h/requirements.txt"]
)
def test_a_list_of_requirements_that_is_read_nowhere_else_is_skipped(tmp_path: Path, option: str) -> None:
    content = f"dependencies:\n  - pip:\n    - torch\n    - {option}\n"

    (skip,) = of(Skip, read(tmp_path, "environment.yml", content))

    assert (skip.reason, "line 4" in skip.detail) == ("unsupported", True)


@pytest.mark.parametrize(
    "option", ["-r requirements.txt", "-r ../requirements/gpu.in", "-c pins.txt", "--pre", "-e ."]
)
def test_what_is_read_elsewhere_or_names_no_package_is_not_skipped(tmp_path: Path, option: str) -> None:
    assert read(tmp_path, "environment.yml", f"dependencies:\n  - pip:\n    - {option}\n") == []


def test_an_editable_address_is_a_dependency(tmp_path: Path) -> None:
    content = "dependencies: [pip: [--editable=git+https://github.com/acme/kernels]]\n"

    assert list(dependencies(read(tmp_path, "environment.yml", content))) == ["pkg:github/acme/kernels"]


def test_a_pixi_table_of_a_wrong_type_is_named_and_hides_no_other(tmp_path: Path) -> None:
    content = '[feature.x]\ndependencies = "no"\n[feature.y]\ntarget = 1\n[feature.z.dependencies]\ncmake = "*"\n'

    facts = read(tmp_path, "pixi.toml", content)

    assert [(skip.reason, skip.detail) for skip in of(Skip, facts)] == [
        ("malformed", "feature.x.dependencies isn't a table"),
        ("malformed", "feature.y.target isn't a table"),
    ]
    assert list(dependencies(facts)) == ["pkg:conda/cmake"]


def test_a_requirement_of_a_wrong_type_is_named_and_hides_no_other(tmp_path: Path) -> None:
    content = "[dependencies]\nnumpy = 1.26\nscipy = { version = 1 }\ncmake = '*'\n"

    facts = read(tmp_path, "pixi.toml", content)

    assert [skip.detail for skip in of(Skip, facts)] == [
        "dependencies.numpy isn't a table",
        "dependencies.scipy.version isn't text",
    ]
    assert list(dependencies(facts)) == ["pkg:conda/cmake"]


@pytest.mark.parametrize(
    ("path", "content", "reason"),
    [
        ("uv.lock", "version = 1\n[[package]\n", "malformed"),
        ("uv.lock", "version = 1\n[[package]]\nname = 'a'\nversion = 1\n", "malformed"),
        ("uv.lock", "version = 1\npackage = 'a'\n", "malformed"),
        ("pdm.lock", "[[package]]\nname = 'a'\ngroups = 'default'\n", "malformed"),
        ("pixi.toml", "feature = 1\n", "malformed"),
        ("pyproject.toml", "[build-system]\nrequires = 'hatchling'\n", "malformed"),
        ("pixi.toml", "[dependencies]\na = []\n", "malformed"),
        ("uv.lock", "version = 2\n", "unsupported"),
        ("uv.lock", "version = 1\n[[package]]\nversion = '1'\n", "malformed"),
        ("uv.lock", "a = " + "[" * 100_000, "malformed"),
        ("uv.lock", b"version = 1\n# \xff\n", "malformed"),
        ("pylock.toml", 'lock-version = "9.0"\ncreated-by = "x"\npackages = []\n', "unsupported"),
        ("pylock.toml", 'lock-version = "1.0"\n', "malformed"),
        ("pdm.lock", "[[package]]\nname = 5\n", "malformed"),
        ("pixi.lock", "version: 99\npackages: []\n", "unsupported"),
        ("pixi.lock", "version: 6\npackages:\n- conda: https://h/numpy-1.26-0.conda\n{a: b}\n", "malformed"),
        ("pixi.lock", "version: 6\n", "malformed"),
        ("pixi.lock", "version: 6\npackages:\n- conda: [\n", "malformed"),
        ("pixi.lock", "version: 6\npackages:\n- pypi: *own\n", "malformed"),
        ("environment.yml", "dependencies:\n - a\n - b: [\n", "malformed"),
        ("environment.yml", "{name: h, dependencies: [a\n", "malformed"),
        ("environment.yml", "name: [kr\n", "malformed"),
        ("environment.yml", "dependencies: {a: 1}\n", "malformed"),
        ("environment.yml", "dependencies: foo\n", "malformed"),
        ("environment.yml", "dependencies: [a]\n---\n", "malformed"),
        ("environment.yml", "dependencies: !x [a]\n", "malformed"),
        ("environment.yml", "dependencies:\n - [a]\n", "malformed"),
        ("environment.yml", "dependencies:\n - {pip: [a], npm: [b]}\n", "malformed"),
        ("environment.yml", "dependencies:\n - pip: [null]\n", "malformed"),
        ("environment.yml", "dependencies:\n - pip:\n   - not a requirement\n", "malformed"),
    ],
)
def test_what_can_not_be_read_is_skipped(tmp_path: Path, path: str, content: str | bytes, reason: str) -> None:
    skips = of(Skip, read(tmp_path, path, content))

    assert [skip.reason for skip in skips] == [reason]
    assert skips[0].detail


def test_a_file_over_the_cap_is_skipped(tmp_path: Path) -> None:
    (skip,) = of(Skip, read(tmp_path, "uv.lock", b" " * (MAX_BYTES + 1)))

    assert skip.reason == "too-large"


@pytest.mark.parametrize(
    "content",
    [
        "region: kr\nname: seoul\n",
        "- region: kr\n",
        "just words\n",
        "# nothing yet\n",
        "name: none-needed\ndependencies:\n",
        "region: kr\n---\nregion: us\n",
        "spacing: !!python/tuple [1, 2]\n",
    ],
)
def test_yaml_of_another_kind_is_left_alone(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, "deploy/environment.yaml", content) == []


@pytest.mark.parametrize("path", ["k8s/deployment.yaml", "poetry.lock", "src/envoy.yaml", "conda-lock.yml"])
def test_files_of_other_names_are_not_opened(path: str) -> None:
    assert not DETECTOR.wants(path, 10)
