"""The app with a reader of sentences that knows one report by hand, served as the app itself is."""

from functools import partial

import streamlit as st

import app as served
import reports.extract
from pages.shell.first_visit import load_all_pages, open_first_page
from tests.statements_by_hand import read_by_hand
from web.server import build_middleware, build_routes, warm_up

reports.extract.read_statements = read_by_hand
app = st.App(
    served.__file__,
    routes=build_routes(),
    middleware=build_middleware(served.store),
    lifespan=partial(warm_up, served.store, open_first_page, load_all_pages),
    on_script_error=served.show_script_error,
)
