"""
The words everybody speaks: values and vocabulary, pure, known to every room and knowing none.
"""
