"""Web pages: HTML, and archives of pages (MHT), as web systems and Office save them."""
