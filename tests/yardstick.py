"""How fast this machine is at this moment, so that a test that measures time fails for slow code only."""

import gc
import time


def timed(work, *args):
    """(seconds of the processor that some work took, what it returned)

    Garbage is not collected meanwhile: that would take as long as what all tests before have left is large.
    """
    gc.disable()
    begun = time.process_time()
    try:
        result = work(*args)
        return time.process_time() - begun, result
    finally:
        gc.enable()


def yardstick() -> float:
    """Seconds of the processor for a fixed piece of work: about 0.03 on a quick machine, more on a slow or busy one."""
    seconds, _nothing = timed(_fixed_work)
    return seconds


def _fixed_work():
    for number in range(1_000_000):
        number * number
