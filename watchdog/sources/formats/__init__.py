"""
Amazon's wire formats, one per file and pure: bytes in, rows and observations out; no clock, no file, no log.
"""
