"""Detention messages (contract 5): what a message says, and what all messages about a person say together. Pure."""

from cases.messages.facts import Kind, MessageFacts, PersonFacts, digest_of, facts_of
from cases.messages.outcome import EpisodeState, Replay, Standing, Stay, Stored, Verdict, parked
from cases.messages.reader import Fault
from cases.messages.replay import LATER, replay

__all__ = [
    "LATER",
    "EpisodeState",
    "Fault",
    "Kind",
    "MessageFacts",
    "PersonFacts",
    "Replay",
    "Standing",
    "Stay",
    "Stored",
    "Verdict",
    "digest_of",
    "facts_of",
    "parked",
    "replay",
]
