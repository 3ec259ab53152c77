"""Rules: from the YAML that people write to what the engine runs."""
