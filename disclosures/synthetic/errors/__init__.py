"""Ways to spoil a disclosure: each plants one error and says which, where, and what stood there before.

Lives here: kinds of error, by the part of the document they hit. May enter: a further kind, as one
more function that yields mutations. Must not enter: knowledge of how errors are found.
"""

from .mutation import Label, Mutation, UnspoilableError
from .planting import KINDS, mutate, mutations

__all__ = ["KINDS", "Label", "Mutation", "UnspoilableError", "mutate", "mutations"]
