"""References, reading codes and search keys, which identify inquiries, open replies and find people."""
