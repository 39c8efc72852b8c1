"""No container engine is needed to see that the production set-up has the right form (docs/beheer.md: it was not run)."""

import ast
import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {"migrate", "web", "worker", "beat"}


def test_compose_file_follows_the_specification():
    schema = json.loads((Path(__file__).parent / "compose-spec.json").read_text())

    assert [error.message for error in Draft7Validator(schema).iter_errors(COMPOSE)] == []


def test_every_part_of_the_system_is_there():
    assert set(SERVICES) == {"database", "broker", "proxy"} | OURS


def test_only_the_proxy_can_be_reached_from_outside():
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"proxy"}
    assert {name for name, service in SERVICES.items() if service["networks"] == ["inside"]} == {
        "database",
        "broker",
        "migrate",
        "beat",
    }
    assert COMPOSE["networks"]["inside"]["internal"] is True


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_whatever_stays_up_is_watched_and_restarted(name):
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_containers_can_do_no_more_than_they_need(name):
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]


def test_the_image_does_not_run_as_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()

    assert [line for line in lines if line.startswith("USER ")] == ["USER 10001"]


def test_only_the_migration_knows_the_owner():
    knows = {name for name, service in SERVICES.items() if "OWNER_PASSWORD" in json.dumps(service)}

    assert knows == {"database", "migrate"}


def test_a_missing_secret_stops_the_start():
    text = (ROOT / "docker-compose.yml").read_text()

    assert set(re.findall(r"\$\{[A-Z_]+(.*?)\}", text)) == {":?"}


def settings_read_from_the_environment() -> set[str]:
    tree = ast.parse((ROOT / "reintegratie/settings.py").read_text())
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_setting_and_secret_is_explained():
    explained = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/beheer.md").read_text(), re.MULTILINE))
    secrets = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))

    assert settings_read_from_the_environment() | secrets <= explained


def test_every_dependency_is_accounted_for():
    text = (ROOT / "docs/afhankelijkheden.md").read_text()
    project = (ROOT / "pyproject.toml").read_text().partition("[tool.")[0]
    names = set(re.findall(r'^    "([a-z0-9-]+)', project, re.MULTILINE))

    assert {name for name in names if f"| {name} |" not in text} == set()
