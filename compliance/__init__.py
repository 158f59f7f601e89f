"""License and open-source compliance checker for sovereign AI."""

__version__ = "0.1.0"
