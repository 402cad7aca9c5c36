"""One GraphQL schema from the schemas of all modules."""

from importlib import import_module
from importlib.util import find_spec

import graphene
from django.conf import settings


def _modules():
    return [import_module(f"{module}.schema") for module in settings.OPENIMIS_APPS if find_spec(f"{module}.schema")]


def _parts(name):
    return tuple(getattr(module, name) for module in reversed(_modules()) if hasattr(module, name))


Query = type("Query", (*_parts("Query"), graphene.ObjectType), {})
Mutation = type("Mutation", (*_parts("Mutation"), graphene.ObjectType), {})
schema = graphene.Schema(query=Query, mutation=Mutation)
for _module in _modules():
    getattr(_module, "bind_signals", lambda: None)()
