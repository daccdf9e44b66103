"""How the geocoder reads: tokens, the names it knows, spelling costs, reading and deciding.

``tokens`` cuts a text, ``lexicon`` holds the words that are no names, ``units`` and ``names``
the places and their spellings, ``spelling`` says how far two spellings are apart, ``pieces``
and ``mentions`` find where a text speaks of a place, ``weighing`` ranks what a mention may
mean, and ``answer`` decides what is sure. ``geo.geocoder`` puts them together.
"""
