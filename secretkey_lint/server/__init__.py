"""The language server: what `check` says, while people type. `serving` and `places` speak the protocol, the others don't."""
