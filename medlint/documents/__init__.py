"""The YAML that people write: strict reading, schema checks, errors that say what to do."""
