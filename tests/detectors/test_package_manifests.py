"""Packages as ScanCode's readers find them: purl, scope, license, line; never a failure of the whole."""

from pathlib import Path

import pytest

from compliance.detectors.package_manifests import DETECTOR
from compliance.model.finding import LicenseFinding
from compliance.model.skip import Skip
from tests.detectors.examined import Facts, dependencies, examine, line, of

pytestmark = pytest.mark.slow
"""ScanCode's readers take seconds to import."""

PACKAGE_JSON = """{
  "name": "@acme/demo",
  "version": "1.0.0",
  "description": "uses react",
  "license": "MIT",
  "dependencies": {
    "react": "^18.0.0"
  },
  "devDependencies": {
    "jest": "29"
  }
}
"""

LOCK = """{
  "name": "demo", "version": "1.0.0", "lockfileVersion": 3,
  "packages": {
    "": {"name": "demo", "version": "1.0.0", "license": "MIT"},
    "node_modules/lodash": {"version": "4.17.21", "resolved": "https://r/lodash-4.17.21.tgz"}
  }
}
"""

METADATA = """Metadata-Version: 2.4
Name: foo
Version: 1.0
License-Expression: Apache-2.0
Classifier: Programming Language :: Python
Requires-Dist: numpy>=1

About foo.
"""

REQUIREMENTS = """torch==2.1.0
numpy>=1.20  # arrays
transformers[torch]==4.40.*
git+https://github.com/acme/kernels.git@v1
bar @ https://user:secret@host/bar.tar.gz
-r other.txt
-e .
./local
"""


def manifest(tmp_path: Path, path: str, content: str | bytes) -> Facts:
    return examine(DETECTOR, tmp_path, path, content)


def license_of(tmp_path: Path, path: str, content: str) -> LicenseFinding:
    (found,) = of(LicenseFinding, manifest(tmp_path, path, content))
    return found


def test_a_manifest_gives_the_package_and_its_dependencies(tmp_path: Path) -> None:
    found = dependencies(manifest(tmp_path, "package.json", PACKAGE_JSON))

    assert {purl: (one.scope, one.expression, one.locked) for purl, one in found.items()} == {
        "pkg:npm/%40acme/demo@1.0.0": ("package", "MIT", True),
        "pkg:npm/react": ("runtime", None, False),
        "pkg:npm/jest": ("dev", None, False),
    }


def test_lines_are_those_of_the_declaration_not_of_a_mention(tmp_path: Path) -> None:
    found = dependencies(manifest(tmp_path, "package.json", PACKAGE_JSON))

    assert found["pkg:npm/react"].lines == line(PACKAGE_JSON, '"react"')
    assert found["pkg:npm/%40acme/demo@1.0.0"].lines == line(PACKAGE_JSON, '"name"')
    assert license_of(tmp_path, "package.json", PACKAGE_JSON).lines == line(PACKAGE_JSON, '"license"')


def test_the_declared_license_is_the_packages(tmp_path: Path) -> None:
    found = license_of(tmp_path, "package.json", PACKAGE_JSON)

    assert (found.expression, found.basis, found.subject) == ("MIT", "declared", "package")


@pytest.mark.parametrize(
    ("path", "content", "expression"),
    [
        ("package.json", '{"name": "x", "license": "SEE LICENSE IN x"}', None),
        ("package.json", '{"name": "x", "licenses": [{"type": "MIT"}, {"type": "ISC"}]}', "MIT AND ISC"),
        (
            "Cargo.toml",
            '[package]\nname = "x"\nversion = "1.0.0"\nlicense = "MIT/Apache-2.0"\n',
            "MIT OR Apache-2.0",
        ),
        ("composer.json", '{"name": "a/x", "license": ["MIT", "ISC"]}', "MIT OR ISC"),
        ("setup.py", 'from setuptools import setup\nsetup(name="x", license="BSD")\n', None),
        ("setup.cfg", "[metadata]\nname = x\nlicense = MIT\nlicense_files = LICENSE\n", "MIT"),
        ("pyproject.toml", '[project]\nname = "x"\nlicense = {text = "MIT License"}\n', "MIT"),
        (
            "pyproject.toml",
            '[project]\nname = "x"\nclassifiers = ["License :: OSI Approved :: Apache Software License"]\n',
            None,
        ),
        ("x.dist-info/METADATA", METADATA, "Apache-2.0"),
        (
            "x.nuspec",
            '<package><metadata><id>x</id><license type="expression">MIT OR ISC</license></metadata></package>',
            "MIT OR ISC",
        ),
        ("+COMPACT_MANIFEST", "name: x\nlicenses: [MIT, ISC]\nlicenselogic: or\n", "MIT OR ISC"),
        ("+COMPACT_MANIFEST", "name: x\nlicenses: [MIT, ISC]\nlicenselogic: and\n", "MIT AND ISC"),
    ],
)
def test_a_declaration_means_what_its_ecosystem_says_or_nothing(
    tmp_path: Path, path: str, content: str, expression: str | None
) -> None:
    found = license_of(tmp_path, path, content)

    assert found.expression == expression
    assert found.evidence


def test_a_pom_with_several_licenses_leaves_a_choice(tmp_path: Path) -> None:
    content = (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>\n'
        "<groupId>com.x</groupId><artifactId>demo</artifactId><version>1.0</version>\n"
        "<licenses><license><name>Apache License, Version 2.0</name></license>\n"
        "<license><name>MIT License</name></license></licenses></project>\n"
    )

    assert license_of(tmp_path, "pom.xml", content).expression == "Apache-2.0 OR MIT"


def test_requirements_keep_addresses_and_drop_secrets(tmp_path: Path) -> None:
    facts = manifest(tmp_path, "requirements.txt", REQUIREMENTS)
    found = dependencies(facts)

    assert {purl: (one.locked, one.lines) for purl, one in found.items()} == {
        "pkg:pypi/torch@2.1.0": (True, (1, 1)),
        "pkg:pypi/numpy": (False, (2, 2)),
        "pkg:pypi/transformers": (False, (3, 3)),
        "pkg:github/acme/kernels@v1": (False, (4, 4)),
        "pkg:pypi/bar?download_url=https://host/bar.tar.gz": (False, (5, 5)),
    }
    assert of(Skip, facts) == []


def test_requirement_lines_that_scancode_drops_are_skips(tmp_path: Path) -> None:
    (skip,) = of(Skip, manifest(tmp_path, "requirements.txt", "torch\nthis is no requirement\n"))

    assert skip.reason == "malformed"
    assert skip.detail.startswith("line 2")


def test_a_lock_file_pins(tmp_path: Path) -> None:
    found = dependencies(manifest(tmp_path, "package-lock.json", LOCK))

    assert found["pkg:npm/lodash@4.17.21"].locked
    assert found["pkg:npm/lodash@4.17.21"].lines == line(LOCK, "node_modules/lodash")
    assert found["pkg:npm/demo@1.0.0"].expression == "MIT"


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("APKBUILD", 'pkgname=foo\npkgver=1.0\nlicense="MIT"\n'),
        ("lib/apk/db/installed", "P:foo\nV:1.0\nL:MIT\nA:x86\n\n"),
        ("package-lock.json", LOCK),
    ],
)
def test_readers_that_detect_licenses_unasked_load_no_license_index(
    tmp_path: Path, path: str, content: str
) -> None:
    from licensedcode import cache

    before = cache._LICENSE_CACHE
    assert license_of(tmp_path, path, content).expression == "MIT"
    assert cache._LICENSE_CACHE is before


def test_packages_that_a_lock_file_repeats_lend_their_license_to_the_dependency(tmp_path: Path) -> None:
    content = '{"packages": [{"name": "x/y", "version": "1.2.3", "license": ["MIT"]}], "packages-dev": []}'

    (found,) = manifest(tmp_path, "composer.lock", content)

    assert isinstance(found, type(dependencies([found])["pkg:composer/x/y@1.2.3"]))
    assert dependencies([found])["pkg:composer/x/y@1.2.3"].expression == "MIT"


def test_a_module_that_must_not_be_used_is_no_dependency(tmp_path: Path) -> None:
    content = "module example.com/x\nrequire github.com/pkg/errors v0.9.1\nexclude github.com/bad/z v1.0.0\n"

    found = dependencies(manifest(tmp_path, "go.mod", content))

    assert list(found) == ["pkg:golang/example.com/x", "pkg:golang/github.com/pkg/errors@v0.9.1"]


@pytest.mark.parametrize(
    ("path", "content", "scope"),
    [
        ("node_modules/x/package.json", '{"name": "x", "version": "1"}', "vendored"),
        ("third_party/x/README.chromium", "Name: zlib\nVersion: 1.2\nLicense: Zlib\n", "vendored"),
        ("x-1.0.dist-info/METADATA", METADATA, "vendored"),
        ("env/conda-meta/x.json", '{"name": "x", "version": "1", "license": "MIT"}', "installed"),
        ("PKG-INFO", METADATA, "package"),
    ],
)
def test_the_place_and_format_say_whose_package_it_is(tmp_path: Path, path: str, content: str, scope: str) -> None:
    facts = manifest(tmp_path, path, content)

    assert next(iter(dependencies(facts).values())).scope == scope


def test_a_manifest_of_another_kind_of_file_is_left_alone(tmp_path: Path) -> None:
    assert not DETECTOR.wants("src/main.py", 10)
    assert manifest(tmp_path, "pyproject.toml", "[tool.ruff]\nline-length = 100\n") == []


def test_a_license_in_full_among_metadata_costs_nothing_else_of_them(tmp_path: Path) -> None:
    """ScanCode's reader fails where the word "text" stands in it."""
    content = METADATA.replace("License-Expression: Apache-2.0", "License: ISC\n        in this text of its own")

    facts = manifest(tmp_path, "x-1.0.dist-info/METADATA", content)

    assert set(dependencies(facts)) == {"pkg:pypi/foo@1.0", "pkg:pypi/numpy"}
    assert of(Skip, facts) == []
    (declared,) = of(LicenseFinding, facts)
    assert declared.basis == "declared"
