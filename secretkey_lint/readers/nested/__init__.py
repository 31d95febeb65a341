"""What files of nested data say, in the same way for all formats: YAML, JSON, TOML, INI, XML, properties."""
