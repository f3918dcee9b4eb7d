"""`python -m plentymsg` is `plentymsg`."""

from plentymsg.cli.app import main

main()
