"""The rest of the country: provinces and districts as data, and where a text names one."""

from geo.provinces.province_mentions import find_foreign, find_provinces
from geo.provinces.province_names import ProvinceMention

__all__ = ["ProvinceMention", "find_foreign", "find_provinces"]
