"""
The Selling Partner API as a source: its session, its orders, its bad days.
"""
