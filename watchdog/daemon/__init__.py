"""
The program in the background: time and bells; what is to be done lies in the routines.
"""
