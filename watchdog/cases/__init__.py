"""
What is done about findings: cases, their moves and their deadlines; pure, decides and applies nothing.
"""
