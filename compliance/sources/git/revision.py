"""From a branch, tag or abbreviated commit to the full commit id that stands in reports."""

from compliance.errors import SubjectError
from compliance.sources import subject_errors
from compliance.sources.git.location import Repository
from compliance.sources.git.objects import ObjectReader
from compliance.sources.git.private_repository import GitRefusedError, PrivateRepository
from compliance.sources.git.tree import folder_in
from compliance.sources.git.tree_walk import tree_of_commit


def resolve(repository: Repository, revision: str, written: str) -> str:
    """The commit that `revision` names in `repository`, checked to be there with the folder to examine.

    Raises:
        SubjectError: it is unknown, missing or broken; `written` is how the user calls the repository.
    """
    try:
        with PrivateRepository(repository) as private:
            commit = _commit(private, revision)
            reader = ObjectReader(private)
            try:
                folder_in(reader, tree_of_commit(reader, commit), repository.prefix)
            finally:
                reader.close()
            return commit
    except (GitRefusedError, OSError, ValueError) as error:
        raise unknown(repository, revision, written, str(error)) from error


def unknown(repository: Repository, revision: str, written: str, why: str) -> SubjectError:
    """The error for a revision that can't be examined, with what the repository's layout has to do with it."""
    if repository.setting("extensions", "refstorage") == "reftable":
        why = "references are kept as a reftable; name a full commit id"
    elif (repository.common_dir / "objects" / "info" / "alternates").exists():
        why = f"{why}; objects borrowed from another repository are not read, run git repack -a -d first"
    return subject_errors.unknown_revision(written, revision, why)


def _commit(private: PrivateRepository, revision: str) -> str:
    if not revision or revision.startswith("-") or any(not character.isprintable() for character in revision):
        raise GitRefusedError("not a revision")
    arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    try:
        return private.run(arguments).decode("ascii").strip()
    except GitRefusedError as error:
        raise GitRefusedError("unknown revision" if private.has_references else "no commits yet") from error
