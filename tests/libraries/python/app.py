import json
import os
import secrets
from urllib.parse import urlencode

from authlib.integrations.flask_client import OAuth, OAuthError
from flask import Flask, redirect, render_template_string, session

BASE_URL = os.environ["BASE_URL"]
PAGE = """{% if person %}<pre>{{ person }}</pre>
<form method="post" action="/refresh"><button>Refresh</button></form>
<form method="post" action="/sign-out"><button>Sign out</button></form>
{% else %}<form action="/sign-in"><button>Sign in</button></form>{% endif %}"""

app = Flask(__name__)
app.secret_key = os.environ["SESSION_SECRET"]
app.config.update(SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_SECURE=BASE_URL.startswith("https:"))

provider = OAuth(app).register(
    "get_an_identity",
    client_id=os.environ["CLIENT_ID"],
    client_secret=os.environ["CLIENT_SECRET"],
    server_metadata_url=os.environ["ISSUER"] + "/.well-known/openid-configuration",
    client_kwargs={"scope": "openid profile email trn offline_access", "code_challenge_method": "S256"},
)

# Flask's session is a cookie that the browser can read, so the tokens stay here. Use your database instead.
people = {}


@app.get("/")
def home():
    person = people.get(session.get("id"))
    shown = person and json.dumps({name: person[name] for name in ("claims", "userinfo")}, indent=2)
    return render_template_string(PAGE, person=shown)


@app.get("/sign-in")
def sign_in():
    return provider.authorize_redirect(BASE_URL + "/callback")


@app.get("/callback")
def callback():
    try:
        tokens = provider.authorize_access_token()  # checks state, nonce and the ID token
    except OAuthError as error:
        return f"You are not signed in: {error.error}", 403, {"Content-Type": "text/plain"}
    session["id"] = secrets.token_urlsafe()
    keep(tokens, claims=tokens["userinfo"])  # Authlib calls the ID token's claims so
    return redirect("/")


@app.post("/refresh")
def refresh():
    """New tokens without the person. Each refresh token is good for one use: keep the new one."""
    before = people[session["id"]]["tokens"]
    tokens = provider.fetch_access_token(grant_type="refresh_token", refresh_token=before["refresh_token"])
    keep(tokens, claims=provider.parse_id_token(tokens, nonce=None))
    return redirect("/")


@app.post("/sign-out")
def sign_out():
    person = people.pop(session.pop("id"))
    there = {"id_token_hint": person["tokens"]["id_token"], "post_logout_redirect_uri": BASE_URL + "/"}
    return redirect(provider.load_server_metadata()["end_session_endpoint"] + "?" + urlencode(there))


def keep(tokens, claims):
    """The TRN is in the ID token; name and email are in userinfo."""
    people[session["id"]] = {"tokens": tokens, "claims": claims, "userinfo": provider.userinfo(token=tokens)}


if __name__ == "__main__":
    app.run("localhost", int(os.environ["PORT"]))
