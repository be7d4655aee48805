"""Runs: events, the loop, checkpoints and the store."""
