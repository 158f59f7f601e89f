"""What copyright statements in tests begin with.

Composed here: written out in front of a name, it would make a statement of this repository's own.
"""

C = "(" + "c)"
MARK = "Copy" + "right"
MARK_C = f"{MARK} {C}"
SIGN = chr(0xA9)
