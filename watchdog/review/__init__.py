"""
What people and other programs see of the log: pure view models, and the terminal's tables.
"""
