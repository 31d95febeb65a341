"""Reads Python: an abstract interpreter over LibCST's syntax tree."""
