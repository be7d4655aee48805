"""Samples, by source."""
