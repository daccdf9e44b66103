"""The search box: suggestions of places for what has been typed so far."""
