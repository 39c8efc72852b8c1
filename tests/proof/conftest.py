"""The programs of the parties, each with a token from the real endpoint."""

from tests.api.conftest import connect

__all__ = ["connect"]
