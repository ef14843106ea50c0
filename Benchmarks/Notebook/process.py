"""What a process costs: its wall time and its peak of memory, from start to exit."""
import os
import statistics
import tempfile
import time
from dataclasses import dataclass


@dataclass
class Cost:
    seconds: float
    """Wall time."""
    busy: float
    """Seconds of processors, of the process and of the children that it waited for: what a busy machine does not stretch."""
    mebibytes: float
    """The largest resident set of the process and of the children that it waited for, not their sum. The system counts in it
    what the starting process held: no less than this interpreter's own, about 12."""

    def __add__(self, other):
        return Cost(self.seconds + other.seconds, self.busy + other.busy, max(self.mebibytes, other.mebibytes))


class Failed(Exception):
    """A process that did not exit with 0."""


def run(command, folder=".", environment=None):
    """Runs a command with the environment's variables and those given, and throws away what it prints."""
    variables = {**os.environ, **(environment or {})}
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = os.fork()
        if child == 0:
            try:
                os.chdir(folder)
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
                os.dup2(said.fileno(), 2)
                os.execvpe(command[0], command, variables)
            finally:
                os._exit(127)
        _, status, usage = os.wait4(child, 0)
        seconds = time.perf_counter() - start
        if status != 0:
            said.seek(0)
            raise Failed(f"{' '.join(command)}: {said.read().decode(errors='replace')[-2000:]}")
    # Kibibytes on Linux, bytes on macOS.
    unit = 1 << 20 if os.uname().sysname == "Darwin" else 1 << 10
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def median(count, measure, before=lambda: None):
    """The medians of the times and of the peaks of `count` runs, `before` ahead of each and outside the time."""
    costs = []
    for _ in range(count):
        before()
        costs.append(measure())
    return Cost(*(statistics.median(getattr(c, field) for c in costs) for field in ("seconds", "busy", "mebibytes")))
