"""The whole verification of a signed report."""

from collections.abc import Sequence
from pathlib import Path

from compliance.errors import ConfigurationError
from compliance.quoting import Quoter
from compliance.signing.keys import PublicKey
from compliance.verification import messages as say
from compliance.verification.assessments import compare_documents, read_assessments
from compliance.verification.evidence import compare_evidence
from compliance.verification.outcome import Outcome
from compliance.verification.quoted_lines import compare_quotations
from compliance.verification.signed_folder import SignedFolder, signed_folders


def verify(
    location: Path, keys: Sequence[PublicKey], *, render: bool = False, source: Path | None = None
) -> tuple[Outcome, list[SignedFolder]]:
    """Check the signed report at `location`; what came of it, and the folders whose statements are signed.

    Args:
        location: an envelope, a file beside one, a folder with one, or a folder whose folders have one each.
        keys: of which one must have signed.
        render: draw every document again and compare it byte by byte.
        source: what was examined, to look the evidence up in.

    Raises:
        ConfigurationError: there is no envelope, or `source` isn't what one report is about.
        SubjectError: `source` can't be opened.
    """
    outcome = Outcome()
    folders = signed_folders(location, keys, outcome)
    reports = 0
    for folder in folders:
        if not folder.signed:
            continue  # what nobody vouches for isn't looked into
        read = read_assessments(folder, outcome)
        if render:
            compare_documents(folder, read, outcome)
        if folder.statement.predicate.kind != "report":
            continue
        reports += 1
        if source is not None and reports > 1:
            raise ConfigurationError(say.ONE_SOURCE)
        for one in read:
            if source is not None:
                quoter = Quoter(one.assessment)
                compare_evidence(one.assessment, source, outcome, quoter)
                compare_quotations(one, quoter, outcome)
    return outcome, [folder for folder in folders if folder.signed]
