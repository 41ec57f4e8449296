"""
The walks through the rooms: gather, decide, apply. They hold no judgement of their own.
"""
