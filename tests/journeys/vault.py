"""A keyring for the tests: one that keeps, in a file of the test's own folder."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend


class Vault(KeyringBackend):
    """Keeps what it is given in the file that VAULT_FILE names."""

    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        return self._held().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        Path(os.environ["VAULT_FILE"]).write_text(
            json.dumps({**self._held(), f"{service}/{username}": password})
        )

    def _held(self) -> dict[str, str]:
        path = Path(os.environ["VAULT_FILE"])
        return json.loads(path.read_text()) if path.exists() else {}
