"""Publish: run a notebook once and write every page asked for from that run."""

import sys

# The Jupyter stack compiles a grammar for IRIs when it is imported, one second that no notebook
# needs; jsonschema does without it.  Where Jupyter is already running this changes nothing.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
