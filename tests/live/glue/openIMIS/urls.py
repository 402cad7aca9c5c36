"""Addresses: `api/graphql`, and `api/<module>/` of each module that has any."""

from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.urls import include, path
from graphene_django.views import GraphQLView
from graphql_jwt.utils import get_credentials, get_payload, get_user_by_payload


class View(GraphQLView):
    """GraphQL as the field answers it: a token that is not good is 401."""

    def dispatch(self, request, *arguments, **named):
        """Give the request the loaders of the modules, and refuse a bad token before any query runs."""
        request.dataloaders = {}
        for config in apps.get_app_configs():
            getattr(config, "set_dataloaders", lambda _loaders: None)(request.dataloaders)
        token = get_credentials(request)
        try:
            if token:
                request.user = get_user_by_payload(get_payload(token, request))
        except Exception as error:  # noqa: BLE001  # whatever a broken token does
            return HttpResponse(f'{{"errors": [{{"message": "{type(error).__name__}"}}]}}', "application/json", 401)
        return super().dispatch(request, *arguments, **named)


urlpatterns = [
    path("api/healthy", lambda _request: HttpResponse("yes")),
    path("api/graphql", View.as_view(graphiql=False)),
    *(path(f"api/{module}/", include(f"{module}.urls")) for module in settings.OPENIMIS_APPS if find_spec(f"{module}.urls")),
]
