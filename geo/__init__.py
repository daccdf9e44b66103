"""Places of Hải Phòng: gazetteer, boundaries, geocoder and measures."""
