"""How a draft is mended: small edits, found rule by rule, that leave everything else as it is."""
