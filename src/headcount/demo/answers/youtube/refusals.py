"""What the Data API says when it refuses: Google's envelope, and every reason of it that is known."""

from __future__ import annotations

from headcount.demo.calls import Response, json


def failure(
    status: int, reason: str, message: str, *, domain: str = "global", detail: str = "", code: str = ""
) -> Response:
    """The envelope of every error; `detail` is the reason in Google's own list, `code` its canonical code."""
    error: dict[str, object] = {
        "code": status,
        "message": message,
        "errors": [{"message": message, "domain": domain, "reason": reason}],
    }
    if code:
        error["status"] = code
    if detail:
        info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": detail, "domain": "googleapis.com"}
        error["details"] = [{**info, "metadata": {"service": "youtube.googleapis.com"}}]
    return json({"error": error}, status)


def bad_key(message: str) -> Response:
    """A key that was never, or is no longer, good."""
    return failure(400, "badRequest", message, detail="API_KEY_INVALID", code="INVALID_ARGUMENT")


QUOTA = 'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.'
REFUSALS = {
    "wrong_key": bad_key("API key not valid. Please pass a valid API key."),
    "expired_key": bad_key("API key expired. Please renew the API key."),
    "restricted_key": failure(
        403,
        "forbidden",
        "Requests to this API youtube method youtube.api.v3.V3DataChannelService.List are blocked.",
        detail="API_KEY_SERVICE_BLOCKED",
        code="PERMISSION_DENIED",
    ),
    "not_enabled": failure(
        403,
        "accessNotConfigured",
        "YouTube Data API v3 has not been used in project 1 before or it is disabled.",
        domain="usageLimits",
        detail="SERVICE_DISABLED",
        code="PERMISSION_DENIED",
    ),
    "quota": failure(403, "quotaExceeded", QUOTA, domain="youtube.quota"),
    "burst": failure(403, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits"),
    "backend": failure(503, "backendError", "Backend Error", code="UNAVAILABLE"),
}
NO_KEY = failure(
    403,
    "forbidden",
    "Method doesn't allow unregistered callers (callers without established identity). "
    "Please use API Key or other form of API consumer identity to call this API.",
    code="PERMISSION_DENIED",
)
