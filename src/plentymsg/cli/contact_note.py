"""`plentymsg contact note …`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli.command import noun

app = noun("Notes about a contact: internal, they never leave the store.")

Contact = Annotated[
    str, typer.Argument(metavar="CONTACT", help="An ID, external ID, number or e-mail address.")
]
