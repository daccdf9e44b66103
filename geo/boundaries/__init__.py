"""Boundaries of the 114 communes: an approximate layer by default, the official one installed.

``active_layer()`` gives the full-resolution frame of whichever is in use, ``web_layer()`` the
small file that a browser loads.
"""

from geo.boundaries.active import active_layer, web_layer
from geo.boundaries.layer import BoundaryLayer, Provider
from geo.boundaries.web import WebLayer

__all__ = ["BoundaryLayer", "Provider", "WebLayer", "active_layer", "web_layer"]
