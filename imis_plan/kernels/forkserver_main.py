"""What the fork server imports before it forks; importing this module does the work, so nobody else imports it."""

import os
import signal
import threading

from imis_plan.kernels import linux, supervisor
from imis_plan.kernels.forkserver import MODULES, OWNER

POLL_SECONDS = 0.1
THREAD_SECONDS = 5  # on a busy machine, the thread below ends so much later


def exit_with_owner(owner: int, imported: threading.Event) -> None:
    """Exit when the owner ends while we import; afterwards multiprocessing sees to that."""
    while not imported.wait(POLL_SECONDS):
        if os.getppid() != owner:
            os._exit(1)


def detach() -> None:
    """Leave the terminal of the owner: its Ctrl-C and its output are not ours."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    supervisor.redirect_output(os.devnull)


def main() -> None:
    """Import everything, in a process that exits with its owner and has one thread at the end."""
    detach()
    imported = threading.Event()
    watching = threading.Thread(target=exit_with_owner, args=(int(os.environ.pop(OWNER, os.getppid())), imported))
    watching.start()
    from imis_plan.kernels import preload

    preload.preload(os.environ.get("IMIS_PLAN_PARAMETERS", ""), os.environ.pop(MODULES, "").split())
    imported.set()
    watching.join()
    if not linux.has_one_thread(THREAD_SECONDS):  # a lock that another thread holds would stay locked in each fork for ever
        raise SystemExit("a preloaded library has started a thread")


main()
