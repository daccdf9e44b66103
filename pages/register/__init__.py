"""Parts of the page of the clearance register."""
