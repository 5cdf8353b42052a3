"""Lists of inquiries: tabs, filters, search, pagination, bulk actions and export."""
