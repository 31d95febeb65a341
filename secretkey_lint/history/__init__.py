"""Judges all versions of files that a history has, each among the other files of its commit."""
