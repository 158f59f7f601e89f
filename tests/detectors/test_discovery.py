"""A detector is found by its presence, and none is forgotten."""

import pkgutil
from pathlib import Path

import compliance.detectors
from compliance.detectors.detector import file_detectors, tree_checks, tree_detectors

NOT_DETECTORS = {"detector", "environment", "origin_code", "weight_copies"}
"""The contract, what is asked for by an option instead of being found in a source, and what the pipeline makes
since it needs indexes or references."""


def test_every_module_of_the_package_is_a_detector() -> None:
    modules = {info.name for info in pkgutil.iter_modules(compliance.detectors.__path__)} - NOT_DETECTORS
    found = {type(one).__module__.split(".")[2] for one in (*file_detectors(), *tree_detectors(), *tree_checks())}

    assert found == modules


def test_names_are_unique_and_versions_are_stated() -> None:
    stated = [(one.name, one.version) for one in file_detectors()]
    stated += [(one.name, one.version) for one in tree_detectors()]
    stated += [(one.name, one.version) for one in tree_checks()]

    assert len({name for name, _version in stated}) == len(stated)
    assert all(version for _name, version in stated)


def test_every_detector_has_tests_of_its_own() -> None:
    tests = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    slow = {path.stem.removeprefix("test_") for path in Path(__file__).parents[1].glob("licenses/test_*.py")}
    modules = {
        type(one).__module__.split(".")[2] for one in (*file_detectors(), *tree_detectors(), *tree_checks())
    }

    assert modules - tests - slow == set()
