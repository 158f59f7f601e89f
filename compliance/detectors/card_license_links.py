"""License texts that cards point to and that weren't handed in: what they say was not examined."""

from collections.abc import Iterator, Sequence

from compliance.detectors.detector import Tree
from compliance.licenses.stated_licenses import statements
from compliance.model.finding import LicenseFinding
from compliance.model.placement import folder_of
from compliance.model.skip import Skip
from compliance.model.skip_words import at_line
from compliance.model.text import Text
from compliance.weights.license_links import target
from compliance.weights.local_copies import LocalCopies


class CardLicenseLinks:
    """Looks for the file behind every `license_link`."""

    name = "card-license-links"
    version = "1"

    def check_tree(self, tree: Tree) -> Sequence[Skip]:
        """A skip for a linked file that isn't here, and for a text elsewhere on which an open license rests."""
        linking = [
            one for one in tree.of(LicenseFinding) if one.subject == "weights" and statements(one, "license_link")
        ]
        if not linking:
            return []
        files = frozenset(file.path for file in tree.files)
        copies = LocalCopies({folder_of(one.path) for one in tree.findings})
        skips = [skip for one in linking for skip in _missing(one, files, copies)]
        return list({(one.path, one.detail): one for one in skips}.values())


def _missing(finding: LicenseFinding, files: frozenset[str], copies: LocalCopies) -> Iterator[Skip]:
    is_open = not finding.expression and not finding.license_ids
    for link in statements(finding, "license_link"):
        led = target(link.says, finding.path, files, copies)
        line = link.lines[0] if link.lines else 1
        if led.kind == "missing":
            said = Text(
                en=f"license_link {link.says[:200]}, but {led.path} isn't here; hand in that file",
                ko=f"license_link {link.says[:200]}: {led.path} 파일 없음, 함께 제출하세요",
            )
            yield Skip.of("missing-file", at_line(line, said), finding.path)
        elif led.kind == "elsewhere" and is_open:
            said = Text(
                en=f"the license text at {link.says[:200]} wasn't handed in; put it beside the card",
                ko=f"{link.says[:200]}: 라이선스 원문 없음, 모델 카드 옆에 함께 두세요",
            )
            yield Skip.of("missing-file", at_line(line, said), finding.path)


DETECTOR = CardLicenseLinks()
