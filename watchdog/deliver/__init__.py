"""
The room that hands messages over: one file per channel, each answering with a ``Receipt`` and never with a secret.
"""
