"""The programs of the parties, each with a token from the real endpoint."""

from tests.api.conftest import connect, municipality_api, outsider_api, pi_api, probation_api

__all__ = ["connect", "municipality_api", "outsider_api", "pi_api", "probation_api"]
