"""
A Selling Partner API on this machine, for tests and for trying the program by hand: ``python -m tests.spapi_fake``.
"""
