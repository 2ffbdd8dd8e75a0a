"""What stands before a page, or comes in place of an answer: with status 200 too, and with numbers that count nobody.

Made up by us in the shape of the real ones; HANDLE is whoever was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping


def page(title: str, body: str) -> str:
    return f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body>{body}</body></html>'


WALLS: Mapping[str, str] = {
    "a login page": page(
        "Log in to Facebook", '<form id="login_form"><input name="pass"></form> Join 3,000,000,000 people. 12 followers'
    ),
    "a login page with a card": '<html lang="en"><head><meta property="og:title" content="Log in or sign up to view" />'
    '<meta property="og:description" content="See posts, 12 likes, photos and more of HANDLE on Facebook." /></head></html>',
    "a login page that asks for a password": page(
        "Login • Instagram", '<input name="password"> 12 Followers, 3 Following, 4 Posts'
    ),
    "a login page in JSON": '{"message":"Please wait a few minutes","require_login":true,"status":"fail","followers_count":12}',
    "a checkpoint": '{"message":"checkpoint_required","checkpoint_url":"/challenge/1/HANDLE","status":"fail"}',
    "an empty shell": page("Instagram", ""),
    "a wall of consent": page(
        "Before you continue to YouTube",
        '<form action="https://consent.youtube.com/save"><button>Reject all</button></form> 12M subscribers',
    ),
    "a riddle": page(
        "Sorry...", "Our systems have detected unusual traffic. <div id='recaptcha' data-s='12 followers'></div>"
    ),
    "a check of the browser": page(
        "Just a moment...", "<noscript>Enable JavaScript and cookies to continue</noscript>"
    ),
    "a proxy's page": page("Blocked by policy", "Category: Social. User: 12. Site: HANDLE. Followers: 12"),
    "an apology": page("Error", "Something went wrong. Try reloading."),
    "a page that is gone": page("Facebook", "This content isn't available right now. HANDLE had 12 followers"),
    "an error of X": '{"title":"Unauthorized","detail":"Unauthorized","type":"about:blank","status":401}',
    "an end of credits at X": '{"title":"CreditsDepleted","detail":"no credits","type":"https://api.x.com/2/problems/credits"}',
    "errors of X": '{"errors":[{"value":"HANDLE","title":"Forbidden","detail":"suspended","type":"x/resource-not-found"}]}',
    "errors of X without a name": '{"errors":[{"message":"Rate limit exceeded","code":88}]}',
    "an error of Google": '{"error":{"code":403,"message":"quota","errors":[{"reason":"quotaExceeded","domain":"youtube.quota"}]}}',
    "an unknown error of Google": '{"error":{"code":418,"message":"12 subscribers","errors":[]}}',
    "an error of Meta": '{"error":{"message":"(#12) HANDLE","type":"OAuthException","code":190,"error_subcode":463,"fbtrace_id":"A"}}',
    "an unknown error of Meta": '{"error":{"message":"?","type":"OAuthException","code":12}}',
    "errors of Meta in a batch": "["
    + ",".join(['{"code":400,"headers":[],"body":"{\\"error\\":{\\"code\\":803,\\"message\\":\\"HANDLE\\"}}"}'] * 3)
    + "]",
    "a bare number": "12",
    "a bare text": "12 followers",
    "an empty list": "[]",
    "an empty object": "{}",
    "a list of nothing": "[null,null,null]",
    "data of nothing": '{"data":[],"items":[],"pageInfo":{"totalResults":0}}',
}
