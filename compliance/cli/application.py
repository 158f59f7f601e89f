"""The command's frame: sub-commands, and what happens to errors."""

import atexit
import gc
import logging
import os
import signal
import sys
import traceback
from typing import NoReturn

import typer

from compliance.cli import assess, cache, check, licenses, origins, policy, report, scan, verify, weights
from compliance.cli.exit_status import ExitStatus
from compliance.cli.output import print_error, print_wrong_call, tell
from compliance.cli.wording import INTERNAL_ERROR, say
from compliance.errors import ComplianceError

_INTERRUPTED = 130
"""What shells expect of a command that the user stopped."""

_COLLECTED_AFTER = (1_000_000, 20, 20)
"""New objects after which Python looks for circles of them. Findings are hundreds of thousands of objects and no
circles: looked through as often as by default, they cost a third of an unchanged tree's check, and still a
twentieth if looked through after every 100,000."""

application = typer.Typer(
    name="compliance",
    help=say(
        "License and open-source compliance checker for sovereign AI.",
        "독자 AI를 위한 라이선스·오픈소스 준수 점검 도구.",
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
application.command("check")(check.check)
application.command("scan")(scan.scan)
application.command("assess")(assess.assess)
application.command("report")(report.report)
application.command("verify")(verify.verify)
application.add_typer(policy.application, name="policy")
application.add_typer(origins.application, name="origins")
application.add_typer(licenses.application, name="licenses")
application.add_typer(weights.application, name="weights")
application.add_typer(cache.application, name="cache")


def main() -> None:
    """Run the command and exit with its status; see docs/exit-status.md."""
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    gc.set_threshold(*_COLLECTED_AFTER)
    received: list[int] = []

    def end(number: int, _frame: object) -> NoReturn:
        """End by way of every `finally`, so that no private copy of what was examined stays behind."""
        received.append(number)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)
    status = _status()
    # a library that catches everything may have swallowed the interruption: the run still isn't a finished one
    _leave(128 + received[0] if received else status)


def _leave(status: int) -> NoReturn:
    """End this process without taking apart what it loaded, which takes a tenth of a small change's check."""
    atexit._run_exitfuncs()  # there is no other name, and no other end as quick
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):  # one that was closed before the start isn't there
            stream.flush()
    except (OSError, ValueError):  # closed by the reader: Python's own end says so as it always does
        sys.exit(status)
    os._exit(status)


def _status() -> int:
    """Run the command; typer's own way to exit would answer an interruption with 1, which means a violation."""
    try:
        return int(application(standalone_mode=False) or ExitStatus.CLEAN)
    except typer.Exit as error:
        return error.exit_code
    except typer.TyperException as error:
        print_wrong_call(error.format_message())
        return ExitStatus.WRONG_CALL
    except ComplianceError as error:
        print_error(error)
        return ExitStatus.WRONG_CALL
    except (typer.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except Exception:  # the last resort: a crash must read neither as clean nor as a violation
        tell(traceback.format_exc(), INTERNAL_ERROR.in_language("en"), INTERNAL_ERROR.in_language("ko"))
        return ExitStatus.INCOMPLETE
