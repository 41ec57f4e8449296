"""
The machine that guards the plan of the house (DESIGN): who may import whom, sizes, names, packaging, the unit file.
"""
