"""The language server: what `check` says, while people type. `checking` and `buffers` know nothing of the protocol."""
