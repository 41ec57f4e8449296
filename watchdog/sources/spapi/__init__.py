"""
Amazon's Selling Partner API: one session (token, throttle, troubles), and a source for each thing that is asked.
"""
