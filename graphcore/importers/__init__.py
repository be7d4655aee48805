"""Drawings from elsewhere."""
