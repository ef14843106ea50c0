"""`report service` as programs meet it: its own OpenAPI, what is refused, slow and broken senders, and its end."""

import concurrent.futures
import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest

ANALYSIS = """---
title: Trials
---

```data
id: rows
source: rows.csv
```

```meta-analysis
id: pooled
data: rows
experiment: test
effect: effect
treatment-variance: own
control-variance: control
```

```data
id: lifts-rows
source: lifts.csv
```

```effects
id: lifts
data: lifts-rows
layout: estimates
experiment: test
metric: metric
effect: effect
variance: variance
noise-correlation: 0
```

```proxy
id: slopes
effects: lifts
outcome: orders
proxies: [clicks]
weights: equal
estimators: [naive, jive]
```
"""


@pytest.fixture(scope="module")
def project(program, tmp_path_factory):
    """A project with a population and a proxy, built."""
    root = tmp_path_factory.mktemp("service")
    (root / "Analyses").mkdir()
    (root / "Analyses" / "trials.md").write_text(ANALYSIS)
    rows = "test,effect,own,control\n" + "".join(
        f"t{k},{(k * 37 % 11) / 10 - 0.4:.2f},0.0{1 + k % 3},0.02\n" for k in range(12)
    )
    (root / "Analyses" / "rows.csv").write_text(rows)
    lifts = "test,metric,effect,variance\n" + "".join(
        f"t{k},clicks,{(k * 37 % 11) / 5 - 1:.2f},0.01\nt{k},orders,{(k * 37 % 11) / 10 - 0.5 + k % 3 / 50:.2f},0.01\n"
        for k in range(12)
    )
    (root / "Analyses" / "lifts.csv").write_text(lifts)
    done = subprocess.run(
        [program, "build", "Analyses/trials.md", "--no-ledger"], cwd=root, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return root


class Server:
    """A service that runs, and its log."""

    def __init__(self, program, root, *options):
        self.process = subprocess.Popen(
            [program, "service", "--port", "0", *options], cwd=root, stderr=subprocess.PIPE, text=True
        )
        self.lines = []
        self.heard = threading.Event()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        assert self.heard.wait(60), self.lines
        self.url = next(line["address"] for line in self.lines if line.get("message") == "listening")
        self.port = int(self.url.rsplit(":", 1)[1])

    def read(self):
        for line in self.process.stderr:
            self.lines.append(json.loads(line))
            if self.lines[-1]["message"] == "listening":
                self.heard.set()

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self.reader.join(10)
        return code

    def ask(self, path, body=None, headers=None, method=None):
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **(headers or {})} if data is not None else headers or {}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.read(), error.headers

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)


@contextlib.contextmanager
def serving(program, root, *options):
    server = Server(program, root, *options)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            assert server.end() == 0


@pytest.fixture(scope="module")
def server(program, project):
    with serving(program, project) as server:
        yield server


def effects(count, step=0.01):
    return [
        {"experiment": f"e{k // 2}", "effect": (k * 37 % 101) / 50 - 1, "treatmentVariance": step, "controlVariance": step}
        for k in range(count)
    ]


def read_all(connection):
    parts = []
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


# Its own description


def test_the_description_finds_no_failure(program, project, tmp_path):
    """Every operation, with requests that are right and wrong by the description, under all checks of schemathesis; bodies may be
    long, because it takes 413 for no refusal of what else is wrong with one."""
    with serving(program, project, "--max-effects", "100", "--max-body", str(64 << 20)) as server:
        done = subprocess.run(
            [
                os.path.join(os.path.dirname(sys.executable), "schemathesis"), "run", server.url + "/openapi.json",
                "--checks", "all", "--max-examples", os.environ.get("EXAMPLES", "60"), "--seed", "1", "--no-color",
            ],
            capture_output=True, text=True, timeout=600, cwd=tmp_path,
        )
        assert done.returncode == 0, done.stdout[-6000:]


def test_numbers_equal_the_report(server, project):
    rows = (project / "Analyses" / "rows.csv").read_text().splitlines()[1:]
    sent = []
    for row in rows:
        test, effect, own, control = row.split(",")
        sent.append(f'{{"experiment":"{test}","effect":{effect},"treatmentVariance":{own},"controlVariance":{control}}}')
    status, answer, _ = server.ask("/v1/shrink", ('{"effects":[' + ",".join(sent) + "]}").encode())
    assert status == 200
    built = json.loads((project / "output" / "trials.json").read_text(), parse_float=str)
    values = built["results"]["pooled"]["values"]
    made = json.loads(answer, parse_float=str)
    assert [effect["shrunken"] for effect in made["effects"]] == [effect["shrunken"] for effect in values["effects"]]
    assert made["mu"] == values["mu"] and made["tau"] == values["tau"] and made["q"] == values["q"]


def test_models_are_listed_and_used(server):
    status, answer, _ = server.ask("/v1/models")
    models = json.loads(answer)["models"]
    assert status == 200
    assert [model["name"] for model in models] == ["trials#pooled", "trials#slopes.jive", "trials#slopes.naive"]
    assert all(re.fullmatch("[0-9a-f]{64}", model["digest"]) for model in models)
    status, answer, _ = server.ask("/v1/proxy", {"model": "slopes.jive", "effects": [{"metrics": {"clicks": 0.4}}]})
    assert status == 200 and json.loads(answer)["effects"][0]["se"] > 0
    status, answer, _ = server.ask("/v1/shrink", {"effects": effects(1), "prior": "trials#pooled"})
    assert status == 200 and json.loads(answer)["prior"]["model"] == "trials#pooled"


def test_metrics_are_read_by_prometheus(server):
    from prometheus_client.parser import text_string_to_metric_families

    server.ask("/v1/shrink", {"effects": effects(4)})
    _, text, headers = server.ask("/metrics")
    assert headers["Content-Type"].startswith("text/plain; version=0.0.4")
    families = {family.name: family for family in text_string_to_metric_families(text.decode())}
    assert {"report_requests", "report_request_duration_seconds", "report_requests_in_flight"} <= families.keys()
    buckets = [
        sample for sample in families["report_request_duration_seconds"].samples
        if sample.name.endswith("_bucket") and sample.labels["route"] == "/v1/shrink"
    ]
    assert [sample.value for sample in buckets] == sorted(sample.value for sample in buckets)


# What is refused


@pytest.mark.parametrize(
    "body, status",
    [
        (b"", 400), (b"{", 400), (b"[NaN]", 400), (b"\xff\xfe", 400), (b"{}", 422), (b"[]", 422), (b"null", 422),
        (b"[" * 100000, 400), (b'{"effects": [{"experiment": "a", "effect": 1e999, "se": 1}]}', 422),
        (b'{"effects": [{"experiment": "a", "effect": 1, "se": -1}]}', 422),
        (b'{"effects": [{"experiment": "a", "effect": 1, "se": 1}, {"experiment": "a", "effect": 1, "se": 1}], "efect": 1}', 422),
        (b'{"effects": [{"experiment": "a", "effect": 1, "se": 1}, {"experiment": "b", "effect": 1, "se": 1}], "method": "bayes"}', 409),
    ],
)
def test_malformed_requests_are_told(server, body, status):
    found, answer, headers = server.ask("/v1/shrink", body)
    assert found == status, answer
    assert headers["Content-Type"] == "application/problem+json"
    problem = json.loads(answer)
    assert problem["status"] == status and problem["detail"]
    assert (status == 400) != ("errors" in problem)


LONG = b"x" * 200_000

BROKEN = [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200), b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x00" * 5000, LONG,
    b"GET /" + LONG + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + LONG + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: 1\r\n" * 20_000 + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX\x00Y: 1\r\n\r\n", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    b"GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /v1/shrink HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"POST /v1/shrink HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
    b"POST /v1/shrink HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    b"POST /v1/shrink HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    b"POST /v1/shrink HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\n{}",
    # Where one length is believed and the other by somebody in between, a request hides in the body.
    b"POST /v1/shrink HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    b"GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n",
]


@pytest.mark.parametrize("sent", BROKEN, ids=range(len(BROKEN)))
def test_broken_http_is_refused(server, sent):
    """No answer but a refusal, no second one to what a first one hides, and the next who asks is answered."""
    with server.connect() as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        answer = read_all(connection)
    assert b"HTTP/1.1 200" not in answer, answer[:300]
    assert not answer or re.match(rb"HTTP/1\.[01] [45]\d\d ", answer), answer[:300]
    assert server.ask("/healthz")[0] == 200


def test_limits_hold(program, project):
    with serving(program, project, "--max-body", "2000", "--max-effects", "5") as server:
        assert server.ask("/v1/shrink", {"effects": effects(5)})[0] == 200
        assert server.ask("/v1/shrink", {"effects": effects(6)})[0] == 422
        assert server.ask("/v1/shrink", b" " * 2001)[0] == 413
        # However long it is, and whether or not its length is told.
        assert server.ask("/v1/shrink", b" " * 10_000_000)[0] == 413
        with server.connect() as connection:
            connection.sendall(b"POST /v1/shrink HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
            with contextlib.suppress(ConnectionError):
                for _ in range(100):
                    connection.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")
            assert b" 413 " in read_all(connection)[:20]
        assert server.ask("/healthz")[0] == 200


def test_a_log_that_nobody_reads_ends_nothing(program, project):
    process = subprocess.Popen([program, "service", "--port", "0"], cwd=project, stderr=subprocess.PIPE, text=True)
    url = json.loads(process.stderr.readline())["address"]
    process.stderr.close()
    for _ in range(5):
        with urllib.request.urlopen(url + "/v1/models", timeout=60) as answer:
            assert answer.status == 200
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0


def test_a_full_queue_refuses(program, project):
    """One worker, nobody may wait: of requests at once some are computed, the others told to come back."""
    with serving(program, project, "--workers", "1", "--queue", "0", "--max-effects", "4000") as server:
        body = json.dumps({"effects": effects(2000), "method": "bayes"}).encode()
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: server.ask("/v1/shrink", body), range(8)))
        statuses = [status for status, _, _ in answers]
        assert set(statuses) == {200, 503}, statuses
        assert all(headers["Retry-After"] for status, _, headers in answers if status == 503)
        assert b'report_requests_rejected_total{reason="full"}' in server.ask("/metrics")[1]


def test_time_is_limited(program, project):
    with serving(program, project, "--workers", "1", "--time-limit", "0.05") as server:
        start = time.monotonic()
        status, answer, _ = server.ask("/v1/shrink", {"effects": effects(10000), "method": "bayes"})
        assert status == 503, answer
        assert time.monotonic() - start < 5
        # What was given up does not hold the worker for long.
        deadline = time.monotonic() + 30
        while server.ask("/v1/shrink", {"effects": effects(2), "prior": {"mu": 0, "tau": 1}})[0] != 200:
            assert time.monotonic() < deadline


def test_tokens_are_needed_beyond_this_machine(program, project, tmp_path):
    refused = subprocess.run(
        [program, "service", "--port", "0", "--host", "0.0.0.0"], cwd=project, capture_output=True, text=True, timeout=60
    )
    assert refused.returncode == 1 and "E0970" in refused.stderr
    tokens = tmp_path / "tokens"
    tokens.write_text("short\n")
    refused = subprocess.run(
        [program, "service", "--port", "0", "--token-file", tokens], cwd=project, capture_output=True, text=True, timeout=60
    )
    assert refused.returncode == 1 and "E0972" in refused.stderr
    tokens.write_text("a-token-of-our-own\n")
    with serving(program, project, "--host", "0.0.0.0", "--token-file", str(tokens)) as server:
        server.url = f"http://127.0.0.1:{server.port}"
        status, _, headers = server.ask("/v1/models")
        assert status == 401 and headers["WWW-Authenticate"].startswith("Bearer")
        assert server.ask("/v1/models", headers={"Authorization": "Bearer a-token-of-our-owN"})[0] == 401
        assert server.ask("/v1/models", headers={"Authorization": "Bearer a-token-of-our-own"})[0] == 200
        assert server.ask("/readyz")[0] == 200
        # Whoever is not let in is told so before a body is read.
        with server.connect() as connection:
            connection.sendall(b"POST /v1/shrink HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n")
            assert b" 401 " in read_all(connection)[:20]
    # What proves who asks, and what was asked, is in no log.
    log = json.dumps(server.lines)
    assert "a-token" not in log and "Bearer" not in log
    assert any(line.get("refusal") == "admission" for line in server.lines)


def test_other_sites_reach_nothing(server):
    """A page whose name was pointed at this machine is told that the name is not the server's."""
    assert server.ask("/v1/models", headers={"Host": "evil.example"})[0] == 421
    assert server.ask("/v1/models", headers={"Host": f"localhost:{server.port}"})[0] == 200


def test_a_taken_port_is_told(program, project, server):
    done = subprocess.run(
        [program, "service", "--port", str(server.port)], cwd=project, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1 and "E0973" in done.stderr and "another program listens there" in done.stderr


# Slow senders, and the end


def test_slow_senders_hold_up_nobody(server):
    """Two hundred connections that send a byte now and then; others are answered meanwhile, and they are closed at last."""
    connections = [server.connect() for _ in range(200)]
    for number, connection in enumerate(connections):
        if number % 2:
            connection.sendall(b"POST /v1/shrink HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n")
        else:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: lo")
    began = time.monotonic()
    closed = 0
    while time.monotonic() - began < 45 and closed < len(connections):
        assert server.ask("/v1/shrink", {"effects": effects(10)})[0] == 200
        for connection in connections:
            if connection.fileno() < 0:
                continue
            try:
                connection.sendall(b" ")
                connection.settimeout(0.001)
                if connection.recv(4096) == b"" or b"408" in connection.recv(1):
                    raise ConnectionError
            except TimeoutError:
                continue
            except OSError:
                connection.close()
                closed += 1
        time.sleep(0.5)
    assert closed == len(connections)


def test_the_end_loses_no_request(program, project):
    """Clients that send one request after the other while the service is told to end: each that was sent whole before the server
    closed is answered whole."""
    for _ in range(3):
        with serving(program, project) as server:
            body = json.dumps({"effects": effects(400), "method": "ml"}).encode()
            head = b"POST /v1/shrink HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            request = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
            broken, answered = [], []
            told = threading.Event()

            def client():
                while not told.is_set():
                    try:
                        connection = server.connect()
                    except ConnectionError:
                        return
                    with connection:
                        for _ in range(20):
                            try:
                                connection.sendall(request)
                                answer = one_answer(connection)
                            except OSError as error:
                                broken.append(error)
                                return
                            if answer is None:
                                broken.append("closed without an answer")
                                return
                            answered.append(answer[0])
                            if answer[1]:
                                return

            with concurrent.futures.ThreadPoolExecutor(16) as pool:
                clients = [pool.submit(client) for _ in range(16)]
                time.sleep(1)
                server.process.send_signal(signal.SIGTERM)
                concurrent.futures.wait(clients, 60)
                told.set()
            assert server.process.wait(60) == 0
            assert not broken, broken
            assert answered.count(200) > 16 and set(answered) <= {200, 503}


def one_answer(connection):
    """A whole answer: its status and whether it says that the connection closes; None at the end of the connection."""
    text = b""
    while b"\r\n\r\n" not in text:
        part = connection.recv(65536)
        if not part:
            return None
        text += part
    head, _, body = text.partition(b"\r\n\r\n")
    length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])
    while len(body) < length:
        part = connection.recv(65536)
        if not part:
            return None
        body += part
    if b" 200 " in head[:20]:
        assert json.loads(body)["count"] == 400
    return int(head.split()[1]), b"connection: close" in head.lower()


def test_answers_that_nobody_takes_do_not_keep_it(program, project):
    """Clients that send many requests and read no answer, when the service is told to end."""
    with serving(program, project) as server:
        body = json.dumps({"effects": effects(5000), "prior": {"mu": 0, "tau": 1}}).encode()
        request = b"POST /v1/shrink HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        request += b"Content-Length: %d\r\n\r\n" % len(body) + body
        connections = [server.connect() for _ in range(4)]
        for connection in connections:
            connection.setblocking(False)
            rest = memoryview(request * 20)
            deadline = time.monotonic() + 1
            while len(rest) and time.monotonic() < deadline:
                try:
                    rest = rest[connection.send(rest):]
                except BlockingIOError:
                    time.sleep(0.02)
        assert server.ask("/v1/shrink", {"effects": effects(4)})[0] == 200
        began = time.monotonic()
        assert server.end() == 0
        assert time.monotonic() - began < 50
        for connection in connections:
            connection.close()


def test_a_long_request_is_answered_after_the_signal(program, project):
    with serving(program, project, "--time-limit", "60") as server:
        body = {"effects": effects(10000), "method": "bayes"}
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            asked = pool.submit(server.ask, "/v1/shrink", body)
            while b"report_requests_in_flight 1" not in server.ask("/metrics")[1]:
                assert not asked.done()
            server.process.send_signal(signal.SIGTERM)
            status, answer, _ = asked.result(60)
        assert status == 200 and len(json.loads(answer)["effects"]) == 10000
        assert server.process.wait(60) == 0
        server.reader.join(10)
        assert [line["message"] for line in server.lines if line["message"] in ("ending", "ended")] == ["ending", "ended"]
