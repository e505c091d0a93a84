"""Read what UNAIDS, WHO, the World Bank and Our World in Data publish: one format a file."""

from __future__ import annotations

from explainer.tables.readers.dispatch import read
from explainer.tables.readers.reading import COLUMNS, KEY, Reading

__all__ = ["COLUMNS", "KEY", "Reading", "read"]
