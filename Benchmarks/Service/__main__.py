"""Times `report service` under load: requests to shrink 100 effects, from wrk on the same machine.

From the project's root: python3 Benchmarks/Service REPORT [SECONDS [METHOD…]], REPORT the path of the binary. Prints a Markdown table:
requests a second, latencies, the server's processor time for a request, its memory after two seconds, at its most and at the end, and
its instructions for a request where `perf` is there. `make bench ONLY=service SERVICE_SECONDS=600`.
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

REPORT = os.path.abspath(sys.argv[1])
SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 10
METHODS = sys.argv[3:] or ["reml", "dl", "bayes"]
CONNECTIONS = 16
SCRIPT = pathlib.Path(__file__).with_name("shrink.lua")
TICKS = os.sysconf("SC_CLK_TCK")


class Service:
    """A service without models, whose log goes nowhere."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [REPORT, "service", "--port", "0", "--models", folder], stderr=subprocess.PIPE, text=True)
        self.url = json.loads(self.process.stderr.readline())["address"]
        subprocess.Popen(["cat"], stdin=self.process.stderr, stdout=subprocess.DEVNULL)

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def busy(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def watch(self, done, found):
        while not done.wait(1):
            found.append(self.memory())

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def load(service, method, seconds):
    out = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(SCRIPT), service.url], env={**os.environ, "METHOD": method},
        capture_output=True, text=True, check=True).stdout
    return [int(number) for number in re.search(r"RESULT (.*)", out)[1].split()]


def instructions(service, method):
    if shutil.which("perf") is None:
        return None
    counter = subprocess.Popen(
        ["perf", "stat", "-x,", "-e", "instructions:u", "-p", str(service.process.pid)], stderr=subprocess.PIPE, text=True)
    requests = load(service, method, 3)[0]
    counter.send_signal(signal.SIGINT)
    found = re.search(r"^(\d+),", counter.communicate()[1], re.M)
    return int(found[1]) / requests if found else None


def main():
    if shutil.which("wrk") is None:
        print("wrk is not installed: apt-get install wrk")
        return
    print("| 100 effects | requests/s | median | p99 | processor | instructions | memory | failed |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for method in METHODS:
            service = Service(folder)
            load(service, method, 2)
            memory, busy, done = [service.memory()], service.busy(), threading.Event()
            watcher = threading.Thread(target=service.watch, args=(done, memory))
            watcher.start()
            requests, time, median, p99, broken, refused = load(service, method, SECONDS)
            done.set()
            watcher.join()
            memory.append(service.memory())
            spent = (service.busy() - busy) / requests
            counted = instructions(service, method)
            print(
                f"| {method} | {requests / time * 1e6:,.0f} | {median / 1e3:.1f} ms | {p99 / 1e3:.1f} ms | {spent * 1e6:.0f} µs | "
                f"{f'{counted / 1e6:.2f} M' if counted else ''} | {memory[0]:.0f}, {max(memory):.0f}, {memory[-1]:.0f} MiB | {broken + refused} |",
                flush=True)
            service.end()


main()
