"""What a workspace says of its study: study.toml, calendar, centres."""
