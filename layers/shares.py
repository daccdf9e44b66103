"""Equal shares of an item's investment, as ``store.shares`` reckons them, for the layers."""

from store.shares import VND_PER_MVND, Balance, balance, equal_shares, share_table, split

__all__ = ["VND_PER_MVND", "Balance", "balance", "equal_shares", "share_table", "split"]
