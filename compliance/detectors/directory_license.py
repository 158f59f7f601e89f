"""Files that state no license themselves: the nearest directory's license file holds for them, as *concluded*."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from compliance.detectors.detector import Tree
from compliance.licenses import key_expressions
from compliance.licenses.license_files import is_license_file, said_by_name
from compliance.model.evidence import LicenseMatch, Statement, lowest_score
from compliance.model.finding import Finding, LicenseFinding, WeightsFinding, place
from compliance.model.placement import folder_of
from compliance.model.weight_formats import weight_format


class DirectoryLicense:
    """Concludes a license for each file that has none from the nearest directory above it that has a license file.

    Several license files in one directory all hold (AND): that they are alternatives would have to be said. One
    that by its name is for the code (`LICENSE-CODE`) holds for no weights, one for the model for nothing else.
    A license file whose text isn't recognised also counts as the nearest one: the conclusion is then unknown.
    """

    name = "directory-license"
    version = "3"
    order = 20

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings, and a concluded one for each file without a license of its own."""
        own: dict[str, list[LicenseFinding]] = defaultdict(list)
        for finding in tree.of(LicenseFinding):
            own[finding.path].append(finding)
        paths = [file.path for file in tree.files if file.size and is_license_file(file.path)]
        for_code = _scopes([path for path in paths if said_by_name(path) != "weights"], own)
        for_weights = _scopes([path for path in paths if said_by_name(path) != "code"], own)
        of_weights = {finding.path for finding in tree.of(WeightsFinding)}
        concluded = []
        for file in tree.files:
            is_of_weights = file.path in of_weights or weight_format(file.path) is not None
            scopes = for_weights if is_of_weights else for_code
            if file.size and file.path not in own and (template := _nearest(file.path, scopes)):
                if is_of_weights:
                    template = msgspec.structs.replace(template, subject="weights")
                concluded.append(place(template, file.path, tree.revision))
        return tree.and_also(concluded)


def _scopes(paths: list[str], own: dict[str, list[LicenseFinding]]) -> dict[str, LicenseFinding]:
    """For each directory with some of the license files at `paths`, the unplaced finding that holds below it."""
    files: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        files[folder_of(path)].append(path)
    return {directory: _template(names, own) for directory, names in files.items()}


def _template(paths: list[str], own: dict[str, list[LicenseFinding]]) -> LicenseFinding:
    stated = {path: _stated(own.get(path, ())) for path in paths}
    evidence = tuple(
        Statement(
            path=path,
            lines=found[0].lines if found else None,
            field="directory-license",
            says=key_expressions.combine(one.expression or "" for one in found)[:200]
            if found
            else "not recognised",
        )
        for path, found in stated.items()
    )
    if not all(stated.values()):
        return LicenseFinding(expression=None, basis="concluded", evidence=evidence)
    findings = [one for found in stated.values() for one in found]
    if not all(one.key_expression for one in findings):  # some are of the knowledge base of weight licenses
        ids = dict.fromkeys(license_id for one in findings for license_id in one.license_ids)
        return LicenseFinding(
            expression=_joined(findings),
            basis="concluded",
            score=min((one.score for one in findings if one.score is not None), default=None),
            license_ids=tuple(ids),
            evidence=evidence,
        )
    expression = key_expressions.combine(one.key_expression or "" for one in findings)
    matches = [one for finding in findings for one in finding.evidence if isinstance(one, LicenseMatch)]
    return LicenseFinding(
        expression=key_expressions.to_spdx(expression, matches),
        key_expression=expression,
        basis="concluded",
        score=lowest_score(matches),
        evidence=evidence,
    )


def _stated(findings: Sequence[LicenseFinding]) -> list[LicenseFinding]:
    """What a license file says; nothing that holds where its text was altered."""
    altered = any(one.altered for one in findings)
    return [] if altered else [one for one in findings if one.expression]


def _joined(findings: list[LicenseFinding]) -> str:
    return key_expressions.combine(one.expression or "" for one in findings)


def _nearest(path: str, scopes: dict[str, LicenseFinding]) -> LicenseFinding | None:
    directory = folder_of(path)
    while True:
        if found := scopes.get(directory):
            return found
        if not directory:
            return None
        directory = folder_of(directory)


DETECTOR = DirectoryLicense()
