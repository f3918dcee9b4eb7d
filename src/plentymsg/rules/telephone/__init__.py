"""Telephone numbers in running text."""
