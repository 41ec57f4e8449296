"""
Preorder Watchdog: notices that a pre-order's ship date was moved before its release date.
"""

__version__ = "0.1.0"
