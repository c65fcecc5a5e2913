"""How fast this machine is at this moment, so that a test that measures time fails for slow code only."""

import time


def yardstick() -> float:
    """Seconds of the processor for a fixed piece of work: about 0.03 on a quick machine, more on a slow or busy one."""
    begun = time.process_time()
    for number in range(1_000_000):
        number * number
    return time.process_time() - begun
