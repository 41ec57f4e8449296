"""
One file per command; each parses, asks a routine, and shows the answer.
"""
