"""
Words for people: letters and warnings, made of logged facts only; pure, it neither reads files nor sends anything.
"""

from watchdog.compose.composer import Composer

__all__ = ["Composer"]
