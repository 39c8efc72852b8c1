"""Is the code fit to be merged: format, lint, types, imports, templates, migrations, production settings? (`make check`)"""

import os
import subprocess
import sys
import time

from reintegratie.local.servers import ROOT

CODE = ("reintegratie", "parties", "cases", "consent", "plans", "meetings", "tests", "manage.py")
# Enough to read the settings as production would; nothing here is connected to.
PRODUCTION_LIKE = {
    "DATABASE_URL": "postgres://reintegratie_app:x@127.0.0.1:1/reintegratie",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SECRET_KEY": "check-check-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF",
    "ALLOWED_HOSTS": "terugkeer.example",
    "BASE_URL": "https://terugkeer.example",
    "EMAIL_URL": "smtp+tls://mail.example:587",
    "DEBUG": "0",
    "DEMO": "0",
}


def steps() -> dict[str, list[str]]:
    python = [sys.executable, "-m"]
    manage = [sys.executable, "manage.py"]
    return {
        "opmaak": [*python, "ruff", "format", "--check", "--quiet", "."],
        "lint": [*python, "ruff", "check", "--quiet", "."],
        "typen": [*python, "mypy"],
        "imports": [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        "django": [*python, "django_upgrade", "--target-version", "5.2", "--check", *python_files()],
        "templates": [*python, "djlint", "templates", "--lint", "--quiet"],
        "migraties": [sys.executable, "-W", "ignore", "manage.py", "makemigrations", "--check", "--dry-run"],
        "instellingen": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
    }


def python_files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    return [name for name in listed if name and (ROOT / name).exists() and "/migrations/" not in name]


def passes(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_OWNER_URL", "SECURE")}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**kept, **PRODUCTION_LIKE},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "goed" if done.returncode == 0 else "FOUT"
    sys.stdout.write(f"{name:<14}{verdict}  {time.monotonic() - began:5.1f} s\n")
    if done.returncode != 0:
        sys.stdout.write(done.stdout + "\n")
    sys.stdout.flush()
    return done.returncode == 0


def main() -> int:
    results = [passes(name, command) for name, command in steps().items()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
