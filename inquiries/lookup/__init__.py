"""References, reading codes and search keys: how inquiries, answers and people are found."""
