"""The routes of the API, as data: adding one is adding an entry."""

from __future__ import annotations

from headcount.serve.answers import account, accounts, forecast, health, latest, matrix, runs, series, units
from headcount.serve.route import Route

ROUTES: tuple[Route, ...] = (
    units.ROUTE,
    accounts.ROUTE,
    account.ROUTE,
    series.ROUTE,
    matrix.ROUTE,
    forecast.ROUTE,
    latest.ROUTE,
    runs.ROUTE,
    health.ROUTE,
)
