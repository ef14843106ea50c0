"""Times `report service` under load: requests to shrink 100 effects, from wrk on the same machine.

From the project's root: python3 Benchmarks/Service REPORT [SECONDS], REPORT the path of the binary. Prints a Markdown table: requests a
second, latencies, the server's processor time for a request, its memory before and after, and its instructions for a request where
`perf` is there. `make bench ONLY=service`.
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

REPORT = os.path.abspath(sys.argv[1])
SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 10
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

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def load(service, method, seconds, connections):
    out = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(SCRIPT), service.url], env={**os.environ, "METHOD": method},
        capture_output=True, text=True, check=True).stdout
    return [int(number) for number in re.search(r"RESULT (.*)", out)[1].split()]


def instructions(service, method):
    if shutil.which("perf") is None:
        return None
    counter = subprocess.Popen(
        ["perf", "stat", "-x,", "-e", "instructions:u", "-p", str(service.process.pid)], stderr=subprocess.PIPE, text=True)
    requests = load(service, method, 3, 8)[0]
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
        for method, connections in (("reml", 16), ("dl", 16), ("bayes", 16)):
            service = Service(folder)
            load(service, method, 2, connections)
            before, busy = service.memory(), service.busy()
            requests, time, median, p99, broken, refused = load(service, method, SECONDS, connections)
            spent = (service.busy() - busy) / requests
            counted = instructions(service, method)
            print(
                f"| {method} | {requests / time * 1e6:,.0f} | {median / 1e3:.1f} ms | {p99 / 1e3:.1f} ms | {spent * 1e6:.0f} µs | "
                f"{f'{counted / 1e6:.2f} M' if counted else ''} | {before:.0f} → {service.memory():.0f} MiB | {broken + refused} |",
                flush=True)
            service.end()


main()
