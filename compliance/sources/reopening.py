"""What was examined, opened once more, to look things up that an assessment names."""

from pathlib import Path

from compliance.errors import ConfigurationError
from compliance.model.submission import ENVIRONMENT, SourceReference, Subject
from compliance.model.text import Text
from compliance.sources.messages import printable
from compliance.sources.opening import OpenableSource, open_submission


def reopened(subject: Subject, source: Path) -> list[tuple[OpenableSource, SourceReference]]:
    """Each source of `subject`, found at `source`, beside what the assessment says of it; not the environment.

    A repository is opened at the commit that was examined; of a submission file's, the caller compares commits.

    Raises:
        ConfigurationError: `source` is another submission by its shape.
        SubjectError: it can't be opened, or doesn't have the commit that was examined.
    """
    examined = [one for one in subject.sources if one.kind != ENVIRONMENT]
    alone = subject.team is None and len(examined) == 1
    revision = examined[0].revision if alone and examined[0].kind == "git" else None
    submission = open_submission(source, revision=revision)
    if (subject.team is None) != (submission.team is None) or len(submission.sources) != len(examined):
        raise ConfigurationError(_other_submission(source, len(examined), subject.team))
    for one, reference in zip(submission.sources, examined, strict=True):
        if one.reference.prefix != reference.prefix:
            raise ConfigurationError(_other_folder(source, reference.prefix))
    return list(zip(submission.sources, examined, strict=True))


def other_commit(opened: OpenableSource, reference: SourceReference) -> Text | None:
    """That `opened` stands at another commit than the one that was examined; None where it doesn't."""
    examined, present = reference.revision, opened.reference.revision
    if examined is None or examined == present:
        return None
    return Text(
        en=f"examined at commit {examined}, but the submission file names {present or 'no commit'}; name that "
        "commit in it",
        ko=f"검사한 커밋 {examined}, 제출물 파일의 커밋 {present or '없음'}. 제출물 파일에 검사한 커밋을 적으세요",
    )


def path_within(path: str, opened: OpenableSource) -> str | None:
    """`path` of the submission, relative to the source; None where it is another source's."""
    if not opened.name:
        return path
    return path.removeprefix(f"{opened.name}/") if path.startswith(f"{opened.name}/") else None


def _other_submission(source: Path, count: int, team: str | None) -> Text:
    named = team or "–"
    return Text(
        en=f"{source} isn't what the report is about: that had {count} source(s) of the team {named}. Name the "
        "same repository, folder, archive or submission.yaml as was examined.",
        ko=f"보고서의 검사 대상과 다름: {source}. 보고서의 검사 대상 {count}개, 팀 {named}. 검사할 때와 같은 "
        "저장소, 폴더, 압축 파일 또는 submission.yaml 파일을 지정하세요.",
    )


def _other_folder(source: Path, prefix: str) -> Text:
    folder = printable(prefix) or "."
    return Text(
        en=f"{source}: the report is about the folder {folder} of its repository; name that folder",
        ko=f"{source}: 보고서의 검사 대상은 저장소의 {folder} 폴더. 그 폴더를 지정하세요",
    )
