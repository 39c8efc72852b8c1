"""Every fault that was thought of is caught by the test that is named beside it (docs/bewijs.md)."""

import os
import subprocess
import sys
from collections import Counter

import pytest

from tests.proof.fault import Fault
from tests.proof.faults import FAULTS
from tests.proof.seeding import ROOT, own_database, table, written_table


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_the_place_of_the_fault_is_still_there(fault: Fault) -> None:
    """A rewritten line takes its fault along: look for the new place, and see it red again."""
    assert (ROOT / fault.file).read_text(encoding="utf-8").count(fault.old) == 1
    assert fault.old != fault.new
    assert [test for test in fault.seen_by.split() if not (ROOT / test.partition("::")[0]).exists()] == []


def test_there_are_many_and_each_is_told_once() -> None:
    assert len(FAULTS) >= 40
    assert [what for what, times in Counter(fault.what for fault in FAULTS).items() if times > 1] == []


def test_the_list_in_the_documentation_is_this_one() -> None:
    """``python -m tests.proof.seeding --write`` renews it."""
    assert written_table() == table()


@pytest.mark.long
def test_every_fault_is_seen() -> None:
    command = [sys.executable, "-m", "tests.proof.seeding"]
    ran = subprocess.run(command, cwd=ROOT, env=own_database(os.environ), capture_output=True, check=False)

    assert ran.returncode == 0, ran.stdout.decode()
