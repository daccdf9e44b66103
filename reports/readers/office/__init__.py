"""Office files besides Word and Excel of today: told apart, converted, or refused by name."""

RECORD_KINDS = frozenset({"xls", "xlsb", "ods", "excel_xml", "html", "mht"})
"""The kinds that a process of their own reads (``office.records``)."""
