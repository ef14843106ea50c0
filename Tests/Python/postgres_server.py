"""A PostgreSQL of the tests' own, on a private socket."""

import contextlib
import os
import pathlib
import pwd
import shutil
import subprocess


def programs() -> pathlib.Path:
    """The newest PostgreSQL's programs."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else pathlib.Path(shutil.which("initdb")).parent


@contextlib.contextmanager
def postgres_server():
    """Its socket's folder. It refuses to run as root, so it does not."""
    folder = pathlib.Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    prefix = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if os.geteuid() == 0 else []
    if os.geteuid() == 0:
        shutil.chown(folder, user, user)
    path = programs()
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run([*prefix, *command], check=True, capture_output=True, cwd=folder, timeout=120)

    run(str(path / "initdb"), "-D", str(data), "-U", "owner", "-A", "trust", "-E", "UTF8", "--no-sync")
    rules = "local all owner trust\nlocal all all scram-sha-256\n"
    subprocess.run([*prefix, "sh", "-c", f"cat > {data}/pg_hba.conf"], input=rules, text=True, check=True)
    run(str(path / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o",
        f"-k {folder} -c listen_addresses='' -c fsync=off", "start")
    try:
        yield folder
    finally:
        run(str(path / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder)
