"""How well the origin of code is found: mutants of real files, independent files, declared lineages, and peers."""
