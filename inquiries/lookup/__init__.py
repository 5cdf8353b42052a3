"""What an inquiry, an answer or a person is found by: reference, reading code, search key."""
