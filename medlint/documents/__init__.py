"""The YAML that people write: strict reading, schema checks, errors that say what to do."""

#: What a configuration is called, and what a file of ignores.
CONFIG_FILE, IGNORES = "medlint.yaml", "medlint-ignores.yaml"
