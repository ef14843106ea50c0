"""A Spark of the tests' own: a master and two workers on loopback, and projects whose units it sums."""

import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Python"))

from cluster import Cluster  # noqa: E402
from engine_project import Project  # noqa: E402


class SparkProject(Project):
    """A project that is trusted, whose client is Spark's."""

    def __init__(self, root: pathlib.Path, program: pathlib.Path, spark: pathlib.Path):
        super().__init__(root, program)
        self.environment["PATH"] += f":{spark / 'bin'}"
        self.environment["SPARK_HOME"] = str(spark)
        self.temporary = root.parent / "temporary"
        self.temporary.mkdir()
        self.environment["TMPDIR"] = str(self.temporary)
        self.environment["SPARK_LOCAL_IP"] = "127.0.0.1"
        if "JAVA_HOME" in os.environ:
            self.environment["JAVA_HOME"] = os.environ["JAVA_HOME"]

    def engines(self, **commands: str) -> None:
        """Engines by name, each the rest of its settings."""
        lines = [f"  {name}: {{{settings}}}\n" for name, settings in commands.items()]
        (self.root / "report.yaml").write_text("engines:\n" + "".join(lines))

    def rebuild(self, *options: str, name: str = "a") -> subprocess.CompletedProcess:
        command = [self.program, "build", f"Analyses/{name}.md", "--no-ledger", "--trust", *options]
        return subprocess.run(
            command, cwd=self.root, env=self.environment, capture_output=True, text=True, timeout=1200)


@pytest.fixture(scope="session")
def program() -> pathlib.Path:
    """The program: the one that $REPORT names, else the debug build."""
    named = os.environ.get("REPORT")
    return pathlib.Path(named) if named else ROOT / ".build" / "debug" / "report"


@pytest.fixture(scope="session")
def spark() -> pathlib.Path:
    """Spark's folder: the one that $SPARK_HOME names, else the package's."""
    if "SPARK_HOME" in os.environ:
        return pathlib.Path(os.environ["SPARK_HOME"])
    import pyspark

    return pathlib.Path(pyspark.__file__).parent


@pytest.fixture(scope="session")
def cluster(spark, tmp_path_factory):
    made = Cluster(spark, tmp_path_factory.mktemp("cluster"))
    yield made
    made.stop()


@pytest.fixture(scope="session")
def project(program, spark, tmp_path_factory) -> SparkProject:
    project = SparkProject(tmp_path_factory.mktemp("spark") / "project", program, spark)
    project.write_units()
    return project


# Little data and many short runs: few partitions, and a virtual machine that begins quickly.
QUICK = (
    "--conf, spark.sql.shuffle.partitions=2, --driver-java-options, '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto'")
LOCAL = f"command: [spark-sql, --master, 'local[2]', {QUICK}], dialect: spark"
