"""Parts that several pages share: filters, tables, links, sources, exports."""
