"""roster -> collect -> check -> store -> publish: the only part that knows the order.

`house` is what every stage is handed, `run` the order of the stages: `collecting`, `publishing`, `watching`. Beside them stand
what people do `by_hand`, and `rereading` of replies that were kept.
"""
