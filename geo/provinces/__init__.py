"""The rest of the country: provinces and districts as data, and where a text names one."""

from geo.provinces.province_mentions import ProvinceMention, find_foreign, find_provinces

__all__ = ["ProvinceMention", "find_foreign", "find_provinces"]
