"""A period in sentences and key figures, alone and against another period."""
