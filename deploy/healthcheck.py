"""Ask the server in this container for its home page; end with 1 if it does not answer.

The page reads the database, so that a web process without one counts as ill. Where the site is served over https only
and no proxy is trusted, the answer is a redirect, and that counts as well.
"""

import http.client
import os
import sys

host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".").replace("*", "") or "localhost"
connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("GRANIAN_PORT", "8000")), timeout=4)
try:
    connection.request("GET", "/", headers={"Host": host, "X-Forwarded-Proto": "https"})
    status = connection.getresponse().status
except OSError as error:
    sys.exit(f"no answer: {error}")
sys.exit(0 if status < 400 else f"the home page answers {status}")
