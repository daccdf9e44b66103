"""The bar of filters above map, table and figures."""
