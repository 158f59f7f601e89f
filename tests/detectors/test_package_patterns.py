"""Which files count as package data, held against the installed ScanCode."""

import subprocess
import sys

import pytest

from compliance.detectors.package_manifests import DETECTOR, patterns


@pytest.mark.slow
def test_every_format_that_scancode_reads_is_in_the_table_or_left_out_with_a_reason() -> None:
    from packagedcode import ALL_DATAFILE_HANDLERS
    from packagedcode.models import DatafileHandler

    readers = {
        one.datasource_id: tuple(one.path_patterns)
        for one in ALL_DATAFILE_HANDLERS
        if one.parse.__func__ is not DatafileHandler.parse.__func__
    }
    archives = {one.datasource_id for one in ALL_DATAFILE_HANDLERS if one.filetypes}
    ours = {name: found for name, found in readers.items() if name not in archives | patterns.LEFT_OUT.keys()}

    assert list(patterns.PATTERNS.items()) == list(ours.items())
    assert patterns.LEFT_OUT.keys() <= readers.keys()
    assert patterns.PATTERNS.keys() >= patterns.INSTALLED | patterns.THIRD_PARTY


def test_the_fast_lookup_agrees_with_the_patterns() -> None:
    import fnmatch

    names = ["package.json", "x.podspec.json", "requirements-dev.txt", "requirements/ci.in", "a.ABOUT", "go.mod"]
    names += [
        "debian/control",
        "conda-meta/x.json",
        "foo.egg-info/PKG-INFO",
        "Gemfile-x",
        "main.py",
        "var/lib/dpkg/status",
    ]
    for name in names:
        for path in (name, f"a/b/c/{name}"):
            expected = tuple(
                datasource
                for datasource, globs in patterns.PATTERNS.items()
                if any(fnmatch.fnmatchcase("/" + patterns.tail(path), glob) for glob in globs)
            )
            assert patterns.datasources(path) == expected


@pytest.mark.parametrize(
    "path",
    [
        "vendor/x/go.mod",
        "a/node_modules/b/package.json",
        "x-1.0.dist-info/METADATA",
        "lib/site-packages/x/setup.py",
    ],
)
def test_files_below_other_peoples_directories_are_vendored(path: str) -> None:
    assert patterns.is_vendored(path)
    assert DETECTOR.name_key(path) != DETECTOR.name_key(path.rsplit("/", 1)[-1])


def test_a_directory_makes_vendored_not_the_file_itself() -> None:
    assert not patterns.is_vendored("src/vendor")


def test_the_key_holds_what_the_readers_see_of_the_path() -> None:
    assert DETECTOR.name_key("a/b/c/d/e/f/requirements.txt") == DETECTOR.name_key("z/b/c/d/e/f/requirements.txt")
    assert DETECTOR.name_key("debian/control") != DETECTOR.name_key("other/control")


def test_asking_for_a_file_imports_no_scancode() -> None:
    code = (
        "import sys\n"
        "from compliance.detectors.package_manifests import DETECTOR\n"
        "assert DETECTOR.wants('package.json', 1) and not DETECTOR.wants('main.py', 1)\n"
        "heavy = {'packagedcode', 'licensedcode', 'license_expression', 'ruamel'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )

    subprocess.run([sys.executable, "-c", code], check=True)
