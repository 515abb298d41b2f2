"""Stop at Ctrl-C or at a runner's time limit, once, and tidy up in peace."""

import contextlib
import math
import signal
import time
from collections.abc import Iterator

TIDYING = 5  # seconds after Ctrl-C in which a second one is not heard: it would leave kernels and folders behind


class _Stopped(KeyboardInterrupt):
    """Ctrl-C, or the time limit of a runner (SIGTERM), which leaves as little behind.

    Where a `KeyboardInterrupt` as such passes through compiled code, as it does while packages are loaded, Python ends
    the process by the signal, whatever exit code the command returns.
    """


@contextlib.contextmanager
def stop_on_signals() -> Iterator[dict[int, object]]:
    """Stop what runs in this block at a signal; those that the process ignores, as one in the background may, it does.

    Yields the handlers that come back at the end.
    """
    stopped = -math.inf

    def stop(number: int, frame: object) -> None:
        nonlocal stopped
        if time.monotonic() - stopped > TIDYING:
            stopped = time.monotonic()
            raise _Stopped

    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    handlers = {number: handler for number, handler in handlers.items() if handler is not signal.SIG_IGN}
    for number in handlers:
        signal.signal(number, stop)
    try:
        yield handlers
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
