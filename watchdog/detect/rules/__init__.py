"""
The rules, one file each; none knows another. What they share lies in the scene they are shown.
"""
