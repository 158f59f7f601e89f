"""ScanCode's detection of licenses and copyrights in less time, with the same outcome.

Everything here reproduces one release of ScanCode (`releases`) and steps aside for any other one.
"""
