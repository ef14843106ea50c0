"""The audit trail as third parties see it: a Merkle tree written from RFC 6962, and its signature by pyca/cryptography."""

import base64
import hashlib
import json
import pathlib
import subprocess

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

COUNT = 600


@pytest.fixture(scope="module")
def trail(program, tmp_path_factory):
    """A trail that the program's own library appended to in small batches, and the key that it was signed with."""
    folder = tmp_path_factory.mktemp("trail") / "audit"
    key = folder.parent / "key"
    made = subprocess.run([program, "audit", "keygen", key, "--quiet"], capture_output=True, text=True, check=True)
    writer = pathlib.Path(program).parent / "LedgerWriter"
    if not writer.exists():
        pytest.skip("the tests' writer of trails is not built")
    environment = {"REPORT_SIGNING_KEY": key.read_text()}
    subprocess.run([writer, folder, str(COUNT)], env=environment, check=True, capture_output=True, timeout=300)
    return folder, made.stdout.strip(), key


def leaf_hash(data: bytes) -> bytes:
    """RFC 6962, 2.1."""
    return hashlib.sha256(b"\x00" + data).digest()


def tree_hash(hashes: list[bytes]) -> bytes:
    """RFC 6962, 2.1: MTH over leaves whose hashes are given, split at the largest power of two below their number."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while 2 * k < len(hashes):
        k *= 2
    return hashlib.sha256(b"\x01" + tree_hash(hashes[:k]) + tree_hash(hashes[k:])).digest()


def tile_paths(kind: str, count: int) -> list[tuple[str, int]]:
    """C2SP tlog-tiles: the tiles of a row of `count` with their widths, for indices below a thousand."""
    full = [(f"tile/{kind}/{index:03}", 256) for index in range(count // 256)]
    rest = count % 256
    return full + ([(f"tile/{kind}/{count // 256:03}.p/{rest}", rest)] if rest else [])


def read_entries(folder: pathlib.Path, count: int) -> list[bytes]:
    entries = []
    for path, width in tile_paths("entries", count):
        data = (folder / path).read_bytes()
        found = []
        while data:
            length = int.from_bytes(data[:2], "big")
            found.append(data[2 : 2 + length])
            assert len(found[-1]) == length
            data = data[2 + length :]
        assert len(found) == width
        entries += found
    return entries


def read_checkpoint(folder: pathlib.Path):
    text, _, signatures = (folder / "checkpoint").read_text().rpartition("\n\n")
    origin, size, root = text.split("\n")
    return text + "\n", origin, int(size), base64.b64decode(root, validate=True), signatures


def test_root_is_that_of_the_entries(trail):
    folder, _, _ = trail
    _, _, size, root, _ = read_checkpoint(folder)
    assert size == COUNT
    assert tree_hash([leaf_hash(entry) for entry in read_entries(folder, size)]) == root


def test_every_tile_is_that_of_the_specification(trail):
    folder, _, _ = trail
    level = [leaf_hash(entry) for entry in read_entries(folder, COUNT)]
    expected = {path for path, _ in tile_paths("entries", COUNT)}
    number = 0
    while level:
        for index, (path, width) in enumerate(tile_paths(str(number), len(level))):
            assert (folder / path).read_bytes() == b"".join(level[256 * index : 256 * index + width]), path
            expected.add(path)
        level = [tree_hash(level[256 * i : 256 * i + 256]) for i in range(len(level) // 256)]
        number += 1
    found = {str(path.relative_to(folder)) for path in (folder / "tile").rglob("*") if path.is_file()}
    assert found == expected


def test_entries_are_canonical_and_name_their_records(trail):
    folder, _, _ = trail
    last = {}
    for index, leaf in enumerate(read_entries(folder, COUNT)):
        entry = json.loads(leaf)
        # RFC 8785 for what these entries hold: sorted keys, no white space, whole numbers.
        assert json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == leaf
        digest = entry["record"]
        record = folder / "records" / digest[:2] / f"{digest}.json"
        assert hashlib.sha256(record.read_bytes()).hexdigest() == digest
        assert entry["previous"] == last.get(entry["report"])
        last[entry["report"]] = index


def test_signature_is_ed25519_over_the_text(trail):
    folder, verifier, _ = trail
    text, origin, _, _, signatures = read_checkpoint(folder)
    name, number, key = verifier.split("+", 2)
    material = base64.b64decode(key, validate=True)
    assert material[0] == 1 and len(material) == 33
    assert hashlib.sha256(name.encode() + b"\n" + material).digest()[:4].hex() == number
    dash, signer, signature = signatures.strip().split(" ")
    assert (dash, signer, origin) == ("—", name, name)
    signed = base64.b64decode(signature, validate=True)
    assert signed[:4].hex() == number
    public = Ed25519PublicKey.from_public_bytes(material[1:])
    public.verify(signed[4:], text.encode())
    with pytest.raises(InvalidSignature):
        public.verify(signed[4:], text.replace(str(COUNT), str(COUNT - 1)).encode())


def test_the_program_agrees_and_sees_what_python_changed(program, trail):
    folder, verifier, _ = trail

    def verify():
        return subprocess.run(
            [program, "audit", "verify", "--trail", folder, "--key", verifier, "--diagnostics", "json"],
            capture_output=True, text=True,
        )

    done = verify()
    assert done.returncode == 0 and f"Signed by {verifier}" in done.stdout, done.stderr
    tile = folder / "tile" / "0" / "001"
    data = bytearray(tile.read_bytes())
    data[100] ^= 1
    whole = tile.read_bytes()
    tile.write_bytes(data)
    done = verify()
    tile.write_bytes(whole)
    faults = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.returncode == 1
    assert [(fault["code"], pathlib.Path(fault["file"]).name) for fault in faults] == [("E0812", "001")]
    assert "byte 100: the hash of entry 259 " in faults[0]["message"]


def test_keys_are_private_and_never_overwritten(program, trail):
    _, verifier, key = trail
    assert key.stat().st_mode & 0o777 == 0o600
    before = key.read_text()
    again = subprocess.run([program, "audit", "keygen", key], capture_output=True, text=True)
    assert again.returncode == 1 and "E0804" in again.stderr
    assert key.read_text() == before and before.startswith("PRIVATE+KEY+" + verifier.split("+")[0])
