"""Budget tables of FLOW documents; see `disclosures.recognise.flow`."""

from .flow.read import read_flow_table

__all__ = ["read_flow_table"]
