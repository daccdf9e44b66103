"""Boundaries of the 114 communes: an approximate layer by default, the official one installed.

``active.get_active_layer()`` gives the full-resolution frame of whichever is in use,
``active.get_web_layer()`` the small file that a browser loads.
"""
