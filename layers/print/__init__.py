"""The map as a picture, the site sign, QR codes: what is set on paper."""
