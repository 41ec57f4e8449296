"""
The review page: what is flagged, why, and what to do next, for a browser on the seller's own machine; nothing is fetched from elsewhere.
"""
