"""The queue and the other lists of inquiries: tabs, filters, search, paging, bulk actions, export."""
