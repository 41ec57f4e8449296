"""
The tests: stories in the seller's words, one folder per room, and a machine that guards the architecture.
"""
