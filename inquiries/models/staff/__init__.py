"""What colleagues keep for their own work: saved texts and views, drafts, bulk actions, who has what open."""
