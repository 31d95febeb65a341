"""Keeps Django's SECRET_KEY out of repositories."""

__version__ = "0.1.0"
