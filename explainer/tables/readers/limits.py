"""How large a file may be: many times what is published, and far from what fills a machine."""

from __future__ import annotations

FILE_BYTES = 100_000_000
UNPACKED_BYTES = 600_000_000
WORKBOOK_BYTES = 150_000_000
JSON_BYTES = 24_000_000
JSON_LISTS = 400_000  # brackets that open; each is some hundred bytes of memory, three a figure
JSON_VALUES = 2_000_000  # commas; a figure of WHO has 25
MEMBERS = 200
RATIO = 200
LINES = 300_000
LONGEST_LINE = 100_000
CELLS = 1_000_000  # the largest published sheet has some 350,000
CELL_LINES = 50
BULK_ROWS = 5_000_000
SERIES = 20_000  # indicators by people and bound; a bulk file has some thousands
SHEETS = 30
SHEET_ROWS = 20_000
TEXT_BYTES = 4_000
CELL_BYTES = 22  # the shortest cell that refers to a text: <c t="s"><v>0</v></c>
SHEET_TEXT_BYTES = 500_000_000
