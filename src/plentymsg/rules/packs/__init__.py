"""The packs that are shipped, a TOML file each."""
