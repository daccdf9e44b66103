"""What quantities and times are made of: numbers, units, amounts, parts of dates, lists of them."""
