"""A standalone cluster of Spark's on loopback."""

import os
import pathlib
import socket
import subprocess
import time


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Cluster:
    """A standalone master and its workers."""

    def __init__(self, spark: pathlib.Path, folder: pathlib.Path, workers: int = 2):
        self.folder = folder
        self.url = f"spark://127.0.0.1:{free_port()}"
        environment = dict(os.environ, SPARK_LOCAL_IP="127.0.0.1", SPARK_HOME=str(spark))
        self.processes = []

        def start(name: str, *arguments: str) -> None:
            with open(folder / f"{name}.log", "w") as log:
                self.processes.append(subprocess.Popen(
                    [spark / "bin" / "spark-class", *arguments], cwd=folder, env=environment, stdout=log, stderr=log))

        deploy = "org.apache.spark.deploy"
        start("master", f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", self.url.rsplit(":", 1)[1],
              "--webui-port", "0")
        self.wait("master", "New state: ALIVE")
        for index in range(workers):
            start(f"worker{index}", f"{deploy}.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", "--cores", "1",
                  "--memory", "1g", "--work-dir", str(folder / f"work{index}"), self.url)
            self.wait(f"worker{index}", "Successfully registered")

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def wait(self, name: str, words: str) -> None:
        for _ in range(600):
            if words in self.log(name):
                return
            time.sleep(0.1)
        self.stop()
        raise AssertionError(self.log(name))

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait(timeout=60)
