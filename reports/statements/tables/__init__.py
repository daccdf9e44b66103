"""Tables of any heading into statements: parks, clearance, disbursement, works, indicators."""
