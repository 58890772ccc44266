"""Options that several commands share, and that cost nothing to import."""

import click

HOST = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
