"""The answers of the API: what each route is asked, its shape, and how it is worked out."""
