def shown_name(user):
    return (user.get_full_name() or user.get_username()) if user else ""
