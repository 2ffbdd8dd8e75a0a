"""What the Graph API says when it refuses: Meta's envelope, and every error of it that is known."""

from __future__ import annotations

from headcount.demo.calls import Response, json


def error(
    status: int,
    code: int,
    message: str,
    *,
    subcode: int | None = None,
    kind: str = "OAuthException",
    transient: bool = False,
) -> Response:
    """Meta's envelope."""
    body: dict[str, object] = {"message": message, "type": kind, "code": code}
    if subcode is not None:
        body["error_subcode"] = subcode
    if transient:
        body["is_transient"] = True
    return json({"error": {**body, "fbtrace_id": "Simulated"}}, status)


def dead_token(subcode: int | None, message: str) -> Response:
    """A token that is no good, or no longer."""
    return error(400, 190, message, subcode=subcode)


REFUSALS = {
    "expired": dead_token(463, "Error validating access token: Session has expired on Friday, 20-Nov-26 12:00:00 PST."),
    "password_changed": dead_token(460, "Error validating access token: The session has been invalidated."),
    "logged_out": dead_token(467, "Error validating access token: The session is invalid because the user logged out."),
    "invalidated": dead_token(466, "Error validating access token: The session was invalidated explicitly."),
    "app_removed": dead_token(458, "Error validating access token: The user has not authorized application 1."),
    "checkpoint": dead_token(459, "Error validating access token: You cannot access the app till you log in."),
    "unconfirmed": dead_token(464, "Error validating access token: Sessions for the user are not allowed."),
    "no_role": dead_token(492, "Error validating access token: The user must be an administrator of the page."),
    "not_engaged": dead_token(493, "Error validating access token: The user has not engaged the app in 90 days."),
    "wrong_token": dead_token(None, "Invalid OAuth access token - Cannot parse access token"),
    "no_token": error(400, 104, "An access token is required to request this resource."),
    "session": error(400, 102, "Session key invalid or no longer valid"),
    "permission": error(403, 10, "(#10) Application does not have permission for this action"),
    "ppca": error(400, 100, "Object does not exist, or requires the 'Page Public Content Access' feature."),
    "no_proof": error(400, 100, "This endpoint requires either an appsecret_proof or an app token."),
    "transient": error(500, 2, "An unexpected error has occurred. Please retry your request later.", transient=True),
    "unknown_error": error(500, 1, "An unknown error occurred"),
    "app_limit": error(403, 4, "(#4) Application request limit reached", transient=True),
    "user_limit": error(400, 17, "(#17) User request limit reached", transient=True),
    "page_limit": error(403, 32, "(#32) Page request limit reached", transient=True),
    "custom_limit": error(400, 613, "(#613) Calls to this api have exceeded the rate limit.", transient=True),
    "pages_usage": error(400, 80001, "(#80001) There have been too many calls to this Page account."),
    "instagram_usage": error(400, 80002, "(#80002) There have been too many calls to this Instagram account."),
    "abuse": error(403, 368, "The action attempted has been deemed abusive or is otherwise disallowed"),
    "bad_path": error(400, 2500, "Unknown path components: /x"),
    "nginx": Response(
        b"<html>\r\n<head><title>400 Bad Request</title></head>\r\n<body>nginx</body>\r\n</html>\r\n",
        400,
        {"content-type": "text/html"},
    ),
}


def unsupported(node: str) -> Response:
    """No such object, or no permission for it: Meta does not say which."""
    message = (
        f"Unsupported get request. Object with ID '{node}' does not exist, cannot be loaded due to missing permissions, "
        "or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api"
    )
    return error(400, 100, message, subcode=33, kind="GraphMethodException")
