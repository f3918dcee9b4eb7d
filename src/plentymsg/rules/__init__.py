"""Marketplace requirements: pure functions over a draft message, without store or network."""
