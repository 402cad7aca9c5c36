"""What gunicorn serves."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
from openIMIS import urls  # noqa: F401  # the schema is made before the first question, not during it
