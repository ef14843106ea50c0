"""Third parties verify what lies beside reports, and what is exported: none of the code here is the program's.

securesystemslib checks the DSSE envelope, in-toto-attestation the Statement in it, roc-validator and rocrate the crate,
OpenLineage's own classes the run events. A proof of the log is checked by RFC 6962, below.
"""

import base64
import copy
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import urllib.parse

import pytest
import requests_cache
import rocrate
import urllib3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from google.protobuf import json_format
from in_toto_attestation.predicates.provenance.v1 import provenance_pb2
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from openlineage.client import event_v2
from openlineage.client.generated import (
    dataset_type_dataset,
    dataset_version_dataset,
    execution_parameters_run,
    input_statistics_input_dataset,
    job_type_job,
    lifecycle_state_change_dataset,
    output_statistics_output_dataset,
    processing_engine_run,
    tags_run,
)
from requests.adapters import HTTPAdapter
from rocrate.rocrate import ROCrate
from rocrate_validator import models, services
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey

from conftest import ROOT

# A metric that would be markup, and a claim, so that strings of data and prose are in what is tested.
ANALYSIS = """---
title: Umsätze <b>& mehr</b>
seed: 20260131
params:
  level: {default: 0.95, min: 0.5, max: 0.999}
---

# Umsätze

```data
id: moments
source: data/arme 1.csv
grain: arm
experiment: test
arm: arm
metric: metric
columns: {n: n, mean: mean, variance: variance}
```
"""


def write_key(path: pathlib.Path, name: str) -> str:
    """Writes a signing key as C2SP's signed-note and Go's note package have it, and returns the text of its public half."""
    key = Ed25519PrivateKey.generate()
    secret, public = key.private_bytes_raw(), key.public_key().public_bytes_raw()
    number = hashlib.sha256(name.encode() + b"\n\1" + public).hexdigest()[:8]
    path.write_text(f"PRIVATE+KEY+{name}+{number}+{base64.b64encode(bytes([1]) + secret).decode()}\n")
    path.chmod(0o600)
    return f"{name}+{number}+{base64.b64encode(bytes([1]) + public).decode()}"


@pytest.fixture(scope="module")
def project(program, tmp_path_factory):
    """A signed project in a folder with blanks, built twice in a German locale, the second time with a note."""
    root = tmp_path_factory.mktemp("Prüf stand") / "mein projekt"
    key = tmp_path_factory.mktemp("schlüssel bund") / "key"
    environment = os.environ | {
        "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Asia/Kolkata", "REPORT_SIGNING_KEY": str(key),
        "REPORT_AUTHOR": "Änn <ann@example.org>", "HOME": str(key.parent),
    }

    def run(*arguments, code=0, **more):
        done = subprocess.run(
            [program, *arguments], cwd=root if root.exists() else root.parent, env=environment | more,
            capture_output=True, text=True, timeout=300,
        )
        assert done.returncode == code, done.stderr + done.stdout
        return done

    run("new", root.name.replace(" ", "-"), "--template", "shrinkage")
    (root.parent / root.name.replace(" ", "-")).rename(root)
    source = next((root / "Analyses").glob("*.md"))
    source.rename(source.with_name("lift & <b>.md"))
    verifier = write_key(key, "example.org/prüfstand")
    run("build", "Analyses", "--note", "first look")
    (root / "Analyses" / "zwei.md").write_text("---\ntitle: Zwei\n---\n\n# Zwei\n\nNichts.\n")
    run("build", "Analyses")
    return Project(root, run, verifier)


class Project:
    def __init__(self, root, run, verifier):
        self.root, self.run, self.verifier = root, run, verifier
        self.output = root / "output"

    @property
    def public_key(self) -> Ed25519PublicKey:
        """Of `NAME+NUMBER+KEY` the key: a byte for the algorithm, and 32 of Ed25519's own."""
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(self.verifier.split("+", 2)[2])[1:])

    @property
    def name(self) -> str:
        return "lift & <b>"

    def envelope(self, name=None) -> dict:
        lines = (self.output / f"{name or self.name}.intoto.jsonl").read_text().splitlines()
        assert len(lines) == 1
        return json.loads(lines[0])

    def entries(self) -> list[dict]:
        size = int((self.output / "audit" / "checkpoint").read_text().splitlines()[1])
        return [json.loads(self.run("audit", "show", str(n), "--json").stdout)["entry"] for n in range(size)]


def digest(path: pathlib.Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# The attestation.


def test_the_envelope_is_signed(project):
    for name in [project.name, "zwei"]:
        envelope = Envelope.from_dict(project.envelope(name))
        assert envelope.payload_type == "application/vnd.in-toto+json"
        # Of the key alone securesystemslib makes the same name for it.
        assert envelope.verify([SSlibKey.from_crypto(project.public_key)], 1)


def test_the_statement_is_of_the_files(project):
    message = json_format.Parse(Envelope.from_dict(project.envelope()).payload, statement_pb2.Statement())
    Statement.copy_from_pb(message).validate()
    assert message.predicate_type == "https://slsa.dev/provenance/v1"
    subjects = {subject.name: subject.digest["sha256"] for subject in message.subject}
    assert f"{project.name}.html" in subjects and f"{project.name}.json" in subjects
    assert subjects == {name: digest(project.output / name) for name in subjects}


def test_the_predicate_tells_what_went_in(project):
    statement = json.loads(Envelope.from_dict(project.envelope()).payload)
    provenance = json_format.ParseDict(statement["predicate"], provenance_pb2.Provenance())
    definition = provenance.build_definition
    assert definition.external_parameters["analysis"] == f"Analyses/{project.name}.md"
    assert definition.external_parameters["seed"].isdecimal()
    assert provenance.run_details.builder.id and definition.build_type.startswith("urn:")
    inputs = {item.name: item for item in definition.resolved_dependencies}
    roles = {item.annotations["report_role"] for item in inputs.values()}
    assert {"source", "data"} <= roles
    for name, item in inputs.items():
        assert not name.startswith("/") and item.digest["sha256"] == digest(project.root / name)
    # No moment of time, person or path of the machine is in what is signed.
    assert not provenance.run_details.metadata.HasField("started_on")
    text = json.dumps(statement, ensure_ascii=False)
    assert "2026-" not in text and "Änn" not in text and str(project.root) not in text


def test_tampered_envelopes_are_refused(project):
    key = SSlibKey.from_crypto(project.public_key)
    good = project.envelope()
    payload = base64.b64decode(good["payload"])
    for change in ["payload", "type", "signature", "key"]:
        bad = copy.deepcopy(good)
        if change == "payload":
            bad["payload"] = base64.b64encode(payload.replace(b'"seed":"', b'"seed":"1', 1)).decode()
            assert bad["payload"] != good["payload"]
        elif change == "type":
            bad["payloadType"] = "application/json"
        elif change == "signature":
            raw = bytearray(base64.b64decode(bad["signatures"][0]["sig"]))
            raw[7] ^= 1
            bad["signatures"][0]["sig"] = base64.b64encode(raw).decode()
        other = SSlibKey.from_crypto(Ed25519PrivateKey.generate().public_key(), keyid=key.keyid)
        with pytest.raises(VerificationError):
            Envelope.from_dict(bad).verify([other if change == "key" else key], 1)


def test_the_documented_ways_work(project, tmp_path, capsys):
    """What the chapter on the trail tells its readers to run."""
    text = (ROOT / "Analyses" / "audit.md").read_text()
    code = re.search(r"```python\n(.*?)```", text, re.S).group(1)
    path = str(project.output / "zwei.intoto.jsonl")
    exec(code.replace("output/proxy.intoto.jsonl", path), {"key": project.verifier})  # noqa: S102
    assert digest(project.output / "zwei.html") in capsys.readouterr().out
    if shutil.which("openssl"):
        command = re.search(r"^    (\(printf .*?trail\.pem)$", text, re.S | re.M).group(1)
        environment = os.environ | {"KEY": project.verifier}
        subprocess.run(["sh", "-c", command], cwd=tmp_path, env=environment, check=True)
        assert load_pem_public_key((tmp_path / "trail.pem").read_bytes()) == project.public_key


# The proof, by RFC 6962.


def tree_root(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that an audit path leads to (RFC 9162, 2.1.3.2)."""
    node = hashlib.sha256(b"\0" + leaf).digest()
    last = size - 1
    for other in path:
        assert last > 0
        if index & 1 or index == last:
            node = hashlib.sha256(b"\1" + other + node).digest()
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\1" + node + other).digest()
        index, last = index >> 1, last >> 1
    assert last == 0
    return node


def read_proof(path: pathlib.Path):
    head, note = path.read_text().split("\n\n", 1)
    lines = head.split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1" and lines[1].startswith("extra ") and lines[2].startswith("index ")
    leaf = base64.b64decode(lines[1].removeprefix("extra "))
    return leaf, int(lines[2].removeprefix("index ")), [base64.b64decode(line) for line in lines[3:]], note


@pytest.mark.parametrize("report", ["lift & <b>", "zwei"])
def test_the_proof_holds_without_the_log(project, report):
    leaf, index, path, note = read_proof(project.output / f"{report}.tlog-proof")
    text, signatures = note.split("\n\n", 1)
    origin, size, root = text.split("\n")
    assert tree_root(leaf, index, int(size), path) == base64.b64decode(root)
    name, signature = signatures.removeprefix("— ").strip().split(" ")
    assert name == project.verifier.split("+")[0]
    project.public_key.verify(base64.b64decode(signature)[4:], (text + "\n").encode())
    entry = json.loads(leaf)
    assert entry["report"] == report
    for file in entry["files"]:
        assert file["sha256"] == digest(project.output / file["path"])


def test_the_program_agrees(project):
    report, proof = project.output / f"{project.name}.html", project.output / f"{project.name}.tlog-proof"
    project.run("audit", "verify", "--key", project.verifier)
    project.run("audit", "verify", str(report), "--proof", str(proof), "--key", project.verifier)
    tampered = project.root / "tampered.html"
    tampered.write_bytes(report.read_bytes() + b" ")
    try:
        project.run("audit", "verify", str(tampered), "--proof", str(proof), "--key", project.verifier, code=1)
    finally:
        tampered.unlink()


@pytest.mark.parametrize("suffix", [".tlog-proof", ".intoto.jsonl"])
def test_the_program_finds_tampered_proofs(project, suffix):
    path = project.output / f"zwei{suffix}"
    good = path.read_bytes()
    try:
        path.write_bytes(good.replace(b"index 1\n", b"index 0\n") if suffix == ".tlog-proof" else good.replace(b"sig", b"gis"))
        done = project.run("audit", "verify", code=1)
        assert path.name in done.stderr
    finally:
        path.write_bytes(good)


def test_from_a_new_key_to_a_proof(program, tmp_path):
    """keygen, build, verify: the key that the program makes and prints is the one that others verify with."""
    root, key = tmp_path / "a b", tmp_path / "keys" / "k"
    (root / "Analyses").mkdir(parents=True)
    (root / "Analyses" / "ä.md").write_text("---\ntitle: Ä\n---\n\n# Ä\n\nText.\n")
    environment = os.environ | {"HOME": str(tmp_path / "home"), "XDG_CONFIG_HOME": "", "REPORT_SIGNING_KEY": str(key)}

    def run(*arguments):
        return subprocess.run(
            [program, *arguments], cwd=root, env=environment, capture_output=True, text=True, check=True, timeout=300
        ).stdout

    verifier = run("audit", "keygen", str(key), "--quiet").strip()
    run("build", "Analyses")
    made = Project(root, None, verifier)
    assert Envelope.from_dict(made.envelope("ä")).verify([SSlibKey.from_crypto(made.public_key)], 1)
    assert "all as it was written" in run("audit", "verify", "--key", verifier)
    run("audit", "verify", "output/ä.html", "--proof", "output/ä.tlog-proof", "--key", verifier)
    assert key.read_text().strip().split("+")[-1] not in "".join(
        path.read_text(errors="replace") for path in (root / "output").rglob("*") if path.is_file()
    )


def test_missing_proofs_come_back(project):
    """A build has nothing to append, but the proofs of the latest entry are written again."""
    proof, envelope = (project.output / f"zwei{suffix}" for suffix in [".tlog-proof", ".intoto.jsonl"])
    before, index = envelope.read_bytes(), read_proof(proof)[1]
    proof.unlink(), envelope.unlink()
    size = len(project.entries())
    project.run("build", "Analyses")
    assert len(project.entries()) == size
    assert envelope.read_bytes() == before and read_proof(proof)[1] == index


def test_without_a_key_nothing_is_attested(program, tmp_path):
    (tmp_path / "Analyses").mkdir()
    (tmp_path / "Analyses" / "a.md").write_text("---\ntitle: A\n---\n\n# A\n\nText.\n")
    environment = os.environ | {"HOME": str(tmp_path / "home"), "REPORT_SIGNING_KEY": "", "XDG_CONFIG_HOME": ""}
    stale = tmp_path / "output" / "a.intoto.jsonl"
    stale.parent.mkdir()
    stale.write_text("of another build\n")
    done = subprocess.run(
        [program, "build", "Analyses"], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert not stale.exists()
    leaf, index, path, note = read_proof(tmp_path / "output" / "a.tlog-proof")
    text, signatures = note.split("\n\n", 1) if "\n\n" in note else (note.rstrip("\n"), "")
    assert signatures == ""
    assert tree_root(leaf, index, 1, path) == base64.b64decode(text.split("\n")[2])


# The crate.


@pytest.fixture(scope="module")
def http_cache(tmp_path_factory):
    """What the validator would fetch: RO-Crate's context, as the package rocrate brings it."""
    context = (pathlib.Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_bytes()
    assert b'"@id": "https://w3id.org/ro/crate/1.1/context"' in context

    class Stored(HTTPAdapter):
        def send(self, request, **_):
            raw = urllib3.HTTPResponse(
                io.BytesIO(context), {"Content-Type": "application/ld+json"}, 200, preload_content=False,
                request_method="GET", request_url=request.url,
            )
            return self.build_response(request, raw)

    path = tmp_path_factory.mktemp("http") / "cache"
    with requests_cache.CachedSession(str(path), backend="sqlite", expire_after=-1) as session:
        session.mount("https://", Stored())
        session.get("https://w3id.org/ro/crate/1.1/context")
    return path


def faults(crate: pathlib.Path, cache: pathlib.Path, severity="REQUIRED") -> list[str]:
    settings = models.ValidationSettings(
        rocrate_uri=str(crate), profile_identifier="process-run-crate-0.5", offline=True, cache_path=cache,
        requirement_severity=models.Severity[severity],
    )
    return [f"{issue.check.identifier} {issue.message}" for issue in services.validate(settings).get_issues()]


@pytest.fixture(scope="module")
def crate(project, tmp_path_factory):
    # The validator cannot read a crate whose own path has blanks; those in it may.
    folder = tmp_path_factory.mktemp("export") / "crate"
    project.run("audit", "export", "--ro-crate", str(folder), "--license", "CC-BY-4.0")
    return folder


def test_the_crate_is_valid(crate, http_cache):
    assert faults(crate, http_cache) == []
    advice = faults(crate, http_cache, "RECOMMENDED")
    # What nobody told the program: affiliations and publishers. That the tool has no address of its own is so.
    assert {fault.split(" ")[0] for fault in advice} <= {
        "process-run-crate-0.5_3.2", "process-run-crate-0.5_5.1", "process-run-crate-0.5_8.7",
        "ro-crate-1.1_22.1", "ro-crate-1.1_22.3", "ro-crate-1.1_30.2", "ro-crate-1.1_30.3",
    }, advice


def test_the_crate_holds_what_it_tells_of(project, crate):
    held = ROCrate(crate)
    files = {item.id: item for item in held.data_entities if item.type == "File"}
    assert files
    for identifier, item in files.items():
        path = crate / urllib.parse.unquote(identifier)
        assert path.is_file(), identifier
        if "sha256" in item.properties():
            assert item["sha256"] == digest(path) and item["contentSize"] == str(path.stat().st_size)
    there = {str(path.relative_to(crate)) for path in crate.rglob("*") if path.is_file()} - {"ro-crate-metadata.json"}
    assert there == {urllib.parse.unquote(identifier) for identifier in files}
    actions = [item for item in held.contextual_entities if item.type == "CreateAction"]
    assert [action["name"] for action in actions] == [f"report build Analyses/{project.name}.md", "report build Analyses/zwei.md"]
    first = actions[0]
    assert f"output/{project.name}.html" in {urllib.parse.unquote(item.id) for item in first["result"]}
    assert "first look" in first["description"] and first["agent"]["name"] == "Änn"
    metadata = (crate / "ro-crate-metadata.json").read_text()
    assert "ann@example.org" not in metadata and str(project.root) not in metadata and "PRIVATE" not in metadata


def test_a_crate_of_the_same_entries_is_the_same(project, crate, tmp_path):
    project.run("audit", "export", "--ro-crate", str(tmp_path / "again"), "--license", "CC-BY-4.0")
    for path in sorted(crate.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "again" / path.relative_to(crate)).read_bytes(), path


def test_tampered_crates_are_refused(crate, http_cache, tmp_path):
    def broken(change):
        folder = tmp_path / change.__name__
        subprocess.run(["cp", "-r", str(crate), str(folder)], check=True)
        path = folder / "ro-crate-metadata.json"
        metadata = json.loads(path.read_text())
        change(folder, metadata["@graph"])
        path.write_text(json.dumps(metadata))
        return faults(folder, http_cache)

    def without_a_file(folder, _):
        next((folder / "output").glob("*.html")).unlink()

    def without_an_instrument(_, graph):
        next(item for item in graph if item.get("@type") == "CreateAction").pop("instrument")

    def of_no_profile(_, graph):
        next(item for item in graph if item["@id"] == "./").pop("conformsTo")

    for change in [without_a_file, without_an_instrument, of_no_profile]:
        assert broken(change) != [], change.__name__


def test_a_crate_without_what_has_changed(project, http_cache, tmp_path):
    """A file that is not what was recorded, and data that are to stay, are told of and not taken in."""
    source = project.root / "Analyses" / "zwei.md"
    before = source.read_bytes()
    source.write_bytes(before + b"\nMehr.\n")
    try:
        done = project.run("audit", "export", "--ro-crate", str(tmp_path / "c"), "--no-data")
    finally:
        source.write_bytes(before)
    assert "E0842" in done.stderr and "Analyses/zwei.md" in done.stderr
    assert faults(tmp_path / "c", http_cache) == []
    assert not (tmp_path / "c" / "Analyses" / "zwei.md").exists()
    assert not list((tmp_path / "c").rglob("*.csv"))
    graph = json.loads((tmp_path / "c" / "ro-crate-metadata.json").read_text())["@graph"]
    left = [item for item in graph if item.get("name") == "Analyses/zwei.md"]
    assert left[0]["@type"] == "CreativeWork" and left[0]["sha256"] == hashlib.sha256(before).hexdigest()
    done = project.run("audit", "export", "--ro-crate", str(tmp_path / "c"), code=1)
    assert "E0841" in done.stderr


# Lineage.

FACETS = {
    "processing_engine": processing_engine_run.ProcessingEngineRunFacet,
    "executionParameters": execution_parameters_run.ExecutionParametersRunFacet,
    "tags": tags_run.TagsRunFacet,
    "jobType": job_type_job.JobTypeJobFacet,
    "version": dataset_version_dataset.DatasetVersionDatasetFacet,
    "datasetType": dataset_type_dataset.DatasetTypeDatasetFacet,
    "lifecycleStateChange": lifecycle_state_change_dataset.LifecycleStateChangeDatasetFacet,
    "inputStatistics": input_statistics_input_dataset.InputStatisticsInputDatasetFacet,
    "outputStatistics": output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet,
}


def read_facets(facets: dict) -> dict:
    """Each facet by OpenLineage's own class, which must know every member and have the same schema."""
    found = {}
    for name, members in facets.items():
        members = dict(members)
        members.pop("_producer")
        schema = members.pop("_schemaURL")
        found[name] = FACETS[name](**members)
        assert found[name]._schemaURL == schema
    return found


def test_lineage_is_read_by_its_own_classes(project):
    lines = project.run("audit", "export", "--openlineage", "-").stdout.splitlines()
    entries = project.entries()
    assert len(lines) == 2 * len(entries)
    runs = set()
    for number, line in enumerate(lines):
        value = json.loads(line)
        entry = entries[number // 2]
        run = event_v2.Run(value["run"]["runId"], read_facets(value["run"]["facets"]))
        job = event_v2.Job(value["job"]["namespace"], value["job"]["name"], read_facets(value["job"]["facets"]))
        inputs = [
            event_v2.InputDataset(
                item["namespace"], item["name"], facets=read_facets(item["facets"]),
                inputFacets=read_facets(item["inputFacets"]),
            )
            for item in value["inputs"]
        ]
        outputs = [
            event_v2.OutputDataset(
                item["namespace"], item["name"], facets=read_facets(item["facets"]),
                outputFacets=read_facets(item["outputFacets"]),
            )
            for item in value["outputs"]
        ]
        event = event_v2.RunEvent(
            eventTime=value["eventTime"], producer=value["producer"], run=run, job=job,
            eventType=event_v2.RunState[value["eventType"]], inputs=inputs, outputs=outputs,
        )
        assert event.schemaURL == value["schemaURL"] and set(value) == {
            "eventType", "eventTime", "producer", "schemaURL", "run", "job", "inputs", "outputs",
        }
        assert job.name == entry["report"] and event.eventTime == entry["time"]
        assert [item.name for item in inputs] == [
            item["path"] for item in [entry["source"], *entry["includes"], *entry["data"]]
        ]
        assert [item.facets["version"].datasetVersion for item in outputs] == (
            ["sha256:" + item["sha256"] for item in entry["files"]] if number % 2 else []
        )
        runs.add(run.runId)
    assert len(runs) == len(entries)


def test_lineage_of_what_was_asked_for(project, tmp_path):
    project.run("audit", "export", "zwei", "--openlineage", str(tmp_path / "events.jsonl"))
    jobs = {json.loads(line)["job"]["name"] for line in (tmp_path / "events.jsonl").read_text().splitlines()}
    assert jobs == {"zwei"}
    assert "E0823" in project.run("audit", "export", "drei", "--openlineage", "-", code=1).stderr


def test_lineage_tells_what_was_dropped(project, program, tmp_path):
    """A removal in a copy of the project: its events are read by OpenLineage's classes, and its crate has the others."""
    copy = tmp_path / "copy"
    shutil.copytree(project.root, copy)

    def run(*arguments):
        done = subprocess.run(
            [program, *arguments], cwd=copy, env=os.environ | {"HOME": str(tmp_path)}, capture_output=True, text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    entries = project.entries()
    latest = [entry for entry in entries if entry["report"] == "zwei"][-1]
    run("audit", "remove", "zwei", "--note", "of no use")
    start, end = [json.loads(line) for line in run("audit", "export", "latest", "--openlineage", "-").splitlines()]
    assert start["inputs"] == end["inputs"] == start["outputs"] == []
    assert [item["name"] for item in end["outputs"]] == ["output/" + file["path"] for file in latest["files"]]
    for item in end["outputs"]:
        assert read_facets(item["facets"])["lifecycleStateChange"].lifecycleStateChange == "DROP"
    read_facets(end["run"]["facets"])
    run("audit", "export", "--ro-crate", "crate")
    names = {entity.id for entity in ROCrate(copy / "crate").get_entities()}
    assert "output/zwei.html" not in names and any(name.startswith("output/lift") for name in names)
    assert run("audit", "verify").count("all as it was written") == 1
