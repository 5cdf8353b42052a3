"""Working data of staff: saved texts and views, drafts, bulk actions and presence."""
