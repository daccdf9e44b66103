"""How the app bears many items, many periods, and a long time of being used."""
