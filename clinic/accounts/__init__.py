"""How staff sign in: a password and a second factor, or a passkey. django-allauth does the work; here are our
rules, our words and the doors that lead to it.
"""
