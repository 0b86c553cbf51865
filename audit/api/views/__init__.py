"""Views of the API: who asks, what of it is visible, which service is called, what is answered.

May enter: querysets with what a page needs, calls of services. Must not enter: decisions, state changes.
"""
