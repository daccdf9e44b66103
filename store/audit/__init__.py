"""The ledger of changes: versions of rows, edit tokens, undo, approvals, the audit log."""
