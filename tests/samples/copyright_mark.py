"""What copyright statements in tests begin with.

Composed here: written out in front of a name, it would make a statement of this repository's own.
"""

C = "(" + "c)"
COPYRIGHT = "Copy" + "right"
COPYRIGHT_C = f"{COPYRIGHT} {C}"
SIGN = chr(0xA9)
