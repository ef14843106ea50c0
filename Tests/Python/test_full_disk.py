"""Disks that are full or cannot be written: a build, a removal and a mirror say so and keep what was there. A file system in
memory of two megabytes is filled up to some kilobytes; mounting one takes root, without whom these tests are skipped."""

import hashlib
import os
import pathlib
import subprocess

import pytest

ANALYSIS = """---
title: A mean
---

The mean is `{pooled.mu.estimate | .3f}`.

```data
id: rows
source: rows.csv
```

```meta-analysis
id: pooled
data: rows
effect: effect
se: se
```
"""

# Kilobytes that are left, from none to more than enough.
ROOM = [0, 4, 8, 12, 16, 20, 24, 32, 40, 48, 56, 64, 80, 96, 128, 160, 192, 256, 320, 384, 512]


class Disk:
    def __init__(self, folder: pathlib.Path, kilobytes: int):
        self.folder = folder
        folder.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], capture_output=True, text=True
        )
        if mounted.returncode != 0:
            pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")

    @property
    def free(self) -> int:
        status = os.statvfs(self.folder)
        return status.f_bavail * status.f_frsize

    def fill(self, room: int):
        """Takes all but some kilobytes."""
        size = self.free - room * 1024
        if size > 0:
            (self.folder / "ballast").write_bytes(bytes(size))

    def empty(self):
        (self.folder / "ballast").unlink(missing_ok=True)

    def unmount(self):
        subprocess.run(["umount", self.folder], check=True)


@pytest.fixture
def disk(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("a file system is mounted by root alone")
    disk = Disk(tmp_path / "disk", 2048)
    yield disk
    disk.unmount()


@pytest.fixture
def run(program, tmp_path):
    def run(folder: pathlib.Path, *arguments: str):
        return subprocess.run(
            [program, *arguments], cwd=folder, env={"HOME": str(tmp_path), "REPORT_AUTHOR": "Ann"},
            capture_output=True, text=True, timeout=300,
        )

    return run


def project(folder: pathlib.Path) -> pathlib.Path:
    (folder / "Analyses").mkdir(parents=True)
    (folder / "Analyses" / "a.md").write_text(ANALYSIS)
    rows(folder, 3)
    return folder


def rows(folder: pathlib.Path, count: int):
    text = "effect,se\n" + "".join(f"0.{number:02},0.02\n" for number in range(1, count + 1))
    (folder / "Analyses" / "rows.csv").write_text(text)


def contents(folder: pathlib.Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


def said(done, reason="no space left on device") -> bool:
    return done.returncode == 1 and reason in done.stderr and "error" in done.stderr


def test_a_build_on_a_full_disk_keeps_the_trail(disk, run):
    folder = project(disk.folder / "project")
    assert run(folder, "build", "Analyses").returncode == 0
    failures = 0
    for number, room in enumerate(ROOM):
        trail = contents(folder / "output" / "audit")
        rows(folder, 4 + number)
        disk.fill(room)
        built = run(folder, "build", "Analyses")
        disk.empty()
        if built.returncode == 0:
            break
        assert said(built), built.stderr
        failures += 1
        # Nothing of the trail is other than it was, but what an entry that is in it is told by.
        checkpoint = (folder / "output" / "audit" / "checkpoint").read_bytes()
        if hashlib.sha256(checkpoint).hexdigest() == trail["checkpoint"]:
            assert contents(folder / "output" / "audit") == trail, room
        copy = run(folder, "audit", "verify", "--trail", "output/audit")
        assert copy.returncode == 0, copy.stderr + copy.stdout
        # A report is whole, of one build or of the other, and room is all that the next build needs.
        again = run(folder, "build", "Analyses")
        assert again.returncode == 0, again.stderr
        verified = run(folder, "audit", "verify")
        assert verified.returncode == 0 and verified.stderr == "", verified.stderr
    assert failures >= 5
    assert built.returncode == 0, "there never was room enough"


def test_a_removal_on_a_full_disk_removes_nothing(disk, run):
    folder = project(disk.folder / "project")
    assert run(folder, "build", "Analyses").returncode == 0
    before = contents(folder / "output")
    failures = 0
    for room in ROOM:
        disk.fill(room)
        removed = run(folder, "audit", "remove", "a", "--note", "of no use")
        disk.empty()
        if removed.returncode == 0:
            break
        assert said(removed), removed.stderr
        failures += 1
        size = int((folder / "output" / "audit" / "checkpoint").read_text().splitlines()[1])
        if size == 1:
            assert contents(folder / "output") == before, room
    assert failures >= 1 and removed.returncode == 0
    assert run(folder, "audit", "remove", "a", "--note", "of no use").returncode == 0
    verified = run(folder, "audit", "verify")
    assert verified.returncode == 0 and verified.stderr == "", verified.stderr
    assert not (folder / "output" / "a.html").exists()


def test_a_mirror_on_a_full_disk_stays_what_it_was(disk, run, tmp_path):
    folder = project(tmp_path / "project")
    mirror = str(disk.folder / "mirror")
    assert run(folder, "build", "Analyses").returncode == 0
    assert run(folder, "audit", "mirror", mirror).returncode == 0
    before = contents(disk.folder / "mirror")
    for number in range(4):
        rows(folder, 10 + number)
        assert run(folder, "build", "Analyses").returncode == 0
    failures = 0
    for room in ROOM:
        disk.fill(room)
        mirrored = run(folder, "audit", "mirror", mirror)
        disk.empty()
        if mirrored.returncode == 0:
            break
        assert said(mirrored), mirrored.stderr
        failures += 1
        assert contents(disk.folder / "mirror") == before, room
        assert run(folder, "audit", "verify", "--trail", mirror).returncode == 0
    assert failures >= 1 and mirrored.returncode == 0
    copied = contents(disk.folder / "mirror")
    trail = contents(folder / "output" / "audit")
    assert copied == {path: digest for path, digest in trail.items() if path in copied}
    assert run(folder, "audit", "verify", "--trail", mirror).returncode == 0


def test_a_disk_that_is_read_only_is_told_of(disk, run):
    folder = project(disk.folder / "project")
    assert run(folder, "build", "Analyses").returncode == 0
    rows(folder, 4)
    before = contents(folder)
    subprocess.run(["mount", "-o", "remount,ro", disk.folder], check=True)
    for arguments in [
        ("build", "Analyses"), ("audit", "remove", "a", "--note", "of no use"), ("audit", "mirror", "copy"),
        ("audit", "log", "--html"),
    ]:
        done = run(folder, *arguments)
        if arguments[-1] == "--html":
            # Every page is what it would be.
            assert done.returncode == 0
            continue
        assert said(done, "read-only file system"), (arguments, done.stderr)
        assert contents(folder) == before
    assert run(folder, "audit", "verify").returncode == 0
