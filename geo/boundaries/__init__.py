"""Boundaries of the 114 communes: an approximate layer by default, the official one installed.

``active.active_layer()`` gives the full-resolution frame of whichever is in use,
``active.web_layer()`` the small file that a browser loads.
"""
