"""Where a series is going: a damped trend, how sure it is, and when a target is reached. Pure.

`outlook` is the way in; `days` says what can be forecast at all, `trend` and `fit` are the method, `ahead` what comes
out, `trial` how well the same method would have done on days that have passed.
"""
