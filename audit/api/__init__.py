"""The REST API, version 1, under `/api/v1/` (docs/decisions/0011-api.md, docs/zh/api.md).

Lives here: serializers, views, paging, problem details, tokens in requests, the OpenAPI document. May enter:
whatever turns a request into a call of a service and its result into JSON. Must not enter: decisions about who
may do what (`disclosures.services.permissions`), state changes of its own, rules.

It stands in `audit` because findings do, and `audit` may import everything. What anybody may read without an
account is not here: it belongs under `/api/v1/public/`, in URLs that `config.urls` includes before these.
"""
