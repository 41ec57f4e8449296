"""
Where facts come in: files and interfaces become looks, batches, rows; the room judges nothing and stores nothing.
"""
