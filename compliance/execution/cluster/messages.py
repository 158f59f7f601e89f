"""What is said of clusters that can't be used, or not any more."""

from collections.abc import Sequence

from compliance.model.text import Text

_MOST_WORKERS = 3
_LONGEST = 300

NOT_INSTALLED = Text(
    en="--cluster needs dask.distributed, which isn't installed: pip install 'sovereign-ai-compliance[cluster]'",
    ko="--cluster 옵션에 필요한 dask.distributed가 설치되어 있지 않음: "
    "pip install 'sovereign-ai-compliance[cluster]'",
)
NO_ANSWER = Text(en="it doesn't answer", ko="응답 없음")


def no_scheduler(address: str, error: Exception) -> Text:
    """Nothing that can be spoken to at `address`."""
    words = _words(error)
    return Text(
        en=f"no dask scheduler answers at {address} ({words}): check the address, start one with "
        "`dask scheduler`, and see docs/cluster.md for certificates",
        ko=f"dask 스케줄러 응답 없음: {address} ({words}). 주소를 확인하고 `dask scheduler` 명령으로 시작하세요. "
        "인증서 설정은 docs/cluster.md 참고",
    )


def no_workers(address: str) -> Text:
    """A scheduler alone."""
    return Text(
        en=f"the dask scheduler at {address} has no workers: start some with `dask worker {address}`",
        ko=f"dask 스케줄러({address})에 작업자가 없음: `dask worker {address}` 명령으로 시작하세요",
    )


def unfit_workers(faults: Sequence[tuple[str, Text]]) -> Text:
    """Workers, by address, that can't do what is asked for."""
    more = f" (+{len(faults) - _MOST_WORKERS})" if len(faults) > _MOST_WORKERS else ""
    en = "; ".join(f"{worker}: {said.en}" for worker, said in faults[:_MOST_WORKERS]) + more
    ko = "; ".join(f"{worker}: {said.ko}" for worker, said in faults[:_MOST_WORKERS]) + more
    return Text(
        en=f"workers of the cluster can't do the same as this machine: {en}. Install the same versions, with the "
        "same indexes at the same paths, and start these workers again",
        ko=f"클러스터 작업자가 이 컴퓨터와 다름: {ko}. 같은 버전을 설치하고 색인을 같은 경로에 둔 뒤 "
        "작업자를 다시 시작하세요",
    )


def unfit(said: Text) -> Text:
    """A worker that joined while the cluster was in use."""
    return Text(
        en=f"a worker that joined the cluster can't do the same as this machine: {said.en}. Install the same "
        "versions, start it again, and scan again; what was done is remembered",
        ko=f"나중에 참여한 클러스터 작업자가 이 컴퓨터와 다름: {said.ko}. 같은 버전을 설치해 작업자를 "
        "다시 시작한 뒤 다시 검사하세요. 끝난 부분은 캐시에 남음",
    )


def worker_fault(error: BaseException) -> Text:
    """What a worker raised, or what dask says of it."""
    words = _words(error)
    return Text(en=f"the worker failed: {words}", ko=f"작업자 오류: {words}")


def scheduler_gone(address: str) -> Text:
    """Files are left that nobody answers for."""
    return Text(
        en=f"not examined: the connection to the cluster at {address} was lost. Scan again once it is back; "
        "what was done is remembered",
        ko=f"미검사: 클러스터 연결 끊김 {address}. 복구한 뒤 다시 검사하세요. 끝난 부분은 캐시에 남음",
    )


def workers_gone(address: str) -> Text:
    """A scheduler that has lost all of its workers."""
    return Text(
        en=f"not examined: the cluster at {address} has no workers any more. Start some and scan again; what was "
        "done is remembered",
        ko=f"미검사: 클러스터에 남은 작업자 없음 {address}. 작업자를 시작한 뒤 다시 검사하세요. "
        "끝난 부분은 캐시에 남음",
    )


def _words(error: BaseException | None) -> str:
    return f"{type(error).__name__}: {error}"[:_LONGEST]
