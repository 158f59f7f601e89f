"""Which files hold package data, by name: ScanCode's patterns, kept here so that asking costs no ScanCode import.

A test holds the table against the installed ScanCode: each of its formats is either in `PATTERNS`, with the same
patterns, or in `LEFT_OUT`, or is an archive or executable, or has no reader.
"""

import fnmatch
import re
from collections.abc import Callable
from functools import cache

TAIL = 5
"""Parts of a path that the patterns and readers look at, from its end."""

PATTERNS: dict[str, tuple[str, ...]] = {
    "about_file": ("*.ABOUT",),
    "alpine_apkbuild": ("*APKBUILD",),
    "bower_json": ("*/bower.json", "*/.bower.json"),
    "build_gradle": ("*/build.gradle", "*/build.gradle.kts"),
    "buck_metadata": ("*/METADATA.bzl",),
    "cargo_lock": ("*/Cargo.lock", "*/cargo.lock"),
    "cargo_toml": ("*/Cargo.toml", "*/cargo.toml"),
    "chef_cookbook_metadata_json": ("*/metadata.json",),
    "chef_cookbook_metadata_rb": ("*/metadata.rb",),
    "cocoapods_podspec": ("*.podspec",),
    "cocoapods_podspec_json": ("*.podspec.json",),
    "cocoapods_podfile_lock": ("*Podfile.lock",),
    "cocoapods_podfile": ("*Podfile",),
    "conda_meta_json": ("*conda-meta/*.json",),
    "conda_meta_yaml": ("*/meta.yaml",),
    "conan_conanfile_py": ("*/conanfile.py",),
    "conan_conandata_yml": ("*/conandata.yml",),
    "cran_description": ("*/DESCRIPTION",),
    "debian_source_control_dsc": ("*.dsc",),
    "debian_control_extracted_deb": ("*/control.tar.gz-extract/control", "*/control.tar.xz-extract/control"),
    "debian_control_in_source": ("*/debian/control",),
    "etc_os_release": ("*etc/os-release", "*usr/lib/os-release"),
    "freebsd_compact_manifest": ("*/+COMPACT_MANIFEST",),
    "godeps": ("*/Godeps.json",),
    "go_mod": ("*/go.mod",),
    "go_sum": ("*/go.sum",),
    "haxelib_json": ("*/haxelib.json",),
    "maven_pom": ("*.pom", "*pom.xml"),
    "maven_pom_properties": ("*/pom.properties",),
    "java_jar_manifest": ("*/META-INF/MANIFEST.MF",),
    "npm_package_json": ("*/package.json",),
    "npm_package_lock_json": ("*/package-lock.json", "*/.package-lock.json"),
    "npm_shrinkwrap_json": ("*/npm-shrinkwrap.json",),
    "yarn_lock_v1": ("*/yarn.lock",),
    "yarn_lock_v2": ("*/yarn.lock",),
    "pnpm_shrinkwrap_yaml": ("*/shrinkwrap.yaml",),
    "pnpm_lock_yaml": ("*/pnpm-lock.yaml",),
    "pnpm_workspace_yaml": ("*/pnpm-workspace.yaml",),
    "nuget_nupsec": ("*.nuspec",),
    "nuget_packages_lock": ("*packages.lock.json",),
    "opam_file": ("*opam",),
    "php_composer_json": ("*composer.json",),
    "php_composer_lock": ("*composer.lock",),
    "pubspec_yaml": ("*pubspec.yaml",),
    "pubspec_lock": ("*pubspec.lock",),
    "pipfile": ("*Pipfile",),
    "pipfile_lock": ("*Pipfile.lock",),
    "pip_requirements": (
        "*requirement*.txt",
        "*requirement*.pip",
        "*requirement*.in",
        "*requires.txt",
        "*requirements/*.txt",
        "*requirements/*.pip",
        "*requirements/*.in",
        "*reqs.txt",
    ),
    "pypi_pyproject_toml": ("*pyproject.toml",),
    "pypi_poetry_pyproject_toml": ("*pyproject.toml",),
    "pypi_poetry_lock": ("*poetry.lock",),
    "pypi_editable_egg_pkginfo": ("*.egg-info/PKG-INFO",),
    "pypi_egg_pkginfo": ("*/EGG-INFO/PKG-INFO",),
    "pypi_wheel_metadata": ("*.dist-info/METADATA",),
    "pypi_sdist_pkginfo": ("*/PKG-INFO",),
    "pypi_setup_py": ("*setup.py",),
    "pypi_setup_cfg": ("*setup.cfg",),
    "readme": (
        "*/README.android",
        "*/README.chromium",
        "*/README.facebook",
        "*/README.google",
        "*/README.thirdparty",
    ),
    "gem_archive_extracted": ("*/metadata.gz-extract",),
    "gemfile_extracted": ("*/data.gz-extract/Gemfile",),
    "gemfile": ("*/Gemfile", "*.gemfile", "*/Gemfile-*"),
    "gemfile_lock_extracted": ("*/data.gz-extract/Gemfile.lock",),
    "gemfile_lock": ("*/Gemfile.lock",),
    "gem_gemspec_installed_specifications": ("*/specifications/*.gemspec",),
    "gemspec_extracted": ("*/data.gz-extract/*.gemspec",),
    "gemspec": ("*.gemspec",),
    "swift_package_manifest_json": ("*/Package.swift.json", "*/Package.swift.deplock"),
    "swift_package_resolved": ("*/Package.resolved", "*/.package.resolved"),
    "swift_package_show_dependencies": ("*/swift-show-dependencies.deplock",),
    "pypi_inspect_deplock": ("*pip-inspect.deplock",),
    "alpine_installed_db": ("*lib/apk/db/installed",),
    "debian_distroless_installed_db": ("*var/lib/dpkg/status.d/*",),
    "debian_installed_status_db": ("*var/lib/dpkg/status",),
    "rpm_mariner_manifest": ("*var/lib/rpmmanifest/container-manifest-2",),
}
"""Patterns by ScanCode's datasource id, in ScanCode's order. `*` matches `/` too."""

LEFT_OUT = {
    "autotools_configure": "names the package after its directory",
    "bazel_build": "names build targets, or the package after its directory",
    "buck_file": "names build targets, or the package after its directory",
    "conda_yaml": "read by python_locks, which knows .yml too and keeps broken files visible",
    "debian_copyright_in_package": "loads the license index whatever it is asked for; read as license text",
    "debian_copyright_standalone": "loads the license index whatever it is asked for; read as license text",
    "debian_copyright_in_source": "loads the license index whatever it is asked for; read as license text",
    "debian_installed_files_list": "lists files, not packages",
    "debian_installed_md5sums": "lists files, not packages",
    "debian_md5sums_in_extracted_deb": "lists files, not packages",
    "java_osgi_manifest": "has no patterns; java_jar_manifest reads the same file",
    "rpm_installed_database_bdb": "executes rpm",
    "rpm_installed_database_ndb": "executes rpm",
    "rpm_installed_database_sqlite": "executes rpm",
    "rpm_package_licenses": "license texts, read as such",
    "win_reg_installed_programs_docker_software_delta": "a Windows registry hive",
    "win_reg_installed_programs_docker_file_software": "a Windows registry hive",
    "win_reg_installed_programs_docker_utility_software": "a Windows registry hive",
}
"""Formats that ScanCode has a reader for and that aren't read here, with the reason."""

ARCHIVES = (
    *(".aar", ".apk", ".crx", ".deb", ".ear", ".egg", ".gem", ".jar", ".msi", ".nupkg", ".rpm", ".war", ".whl"),
    ".xpi",
)
"""Suffixes of package archives: their content is seen only once they are unpacked."""

INSTALLED = frozenset(
    {
        "alpine_installed_db",
        "conda_meta_json",
        "debian_distroless_installed_db",
        "debian_installed_status_db",
        "pypi_inspect_deplock",
        "rpm_mariner_manifest",
    }
)
"""Formats that list what is installed."""

THIRD_PARTY = frozenset({"about_file", "readme"})
"""Formats that exist only to describe somebody else's code."""

_VENDOR_DIRECTORIES = frozenset(
    {
        "3rdparty",
        "_vendor",
        "dist-packages",
        "node_modules",
        "site-packages",
        "third-party",
        "third_party",
        "thirdparty",
        "vendor",
        "vendored",
    }
)
_VENDOR_SUFFIXES = (".dist-info", ".egg-info")


def tail(path: str) -> str:
    """The last `TAIL` parts of `path`."""
    return "/".join(path.rsplit("/", TAIL)[-TAIL:])


def is_vendored(path: str) -> bool:
    """Whether `path` lies in a directory that holds other people's packages."""
    return any(part in _VENDOR_DIRECTORIES or part.endswith(_VENDOR_SUFFIXES) for part in path.split("/")[:-1])


def is_archive(path: str) -> bool:
    """Whether `path` is named as a package archive."""
    return path.casefold().endswith(ARCHIVES)


def datasources(path: str) -> tuple[str, ...]:
    """ScanCode's ids of the formats that a file at `path` may have, in ScanCode's order; empty for most files."""
    place = "/" + tail(path)
    names, suffixes, others, may_be_other = _matchers()
    found = set(names.get(place.rsplit("/", 1)[-1], ()))
    if place.endswith(tuple(suffixes)):
        found.update(name for suffix, listed in suffixes.items() if place.endswith(suffix) for name in listed)
    if may_be_other(place):
        found.update(name for matches, name in others if matches(place))
    return tuple(name for name in PATTERNS if name in found) if found else ()


_Match = Callable[[str], object]
_Matchers = tuple[dict[str, list[str]], dict[str, list[str]], list[tuple[_Match, str]], _Match]


@cache
def _matchers() -> _Matchers:
    """The patterns by cost: whole names, suffixes, the few that need a regular expression; last all of these."""
    names: dict[str, list[str]] = {}
    suffixes: dict[str, list[str]] = {}
    others: list[tuple[_Match, str]] = []
    expressions: list[str] = []
    for name, patterns in PATTERNS.items():
        for pattern in patterns:
            rest = pattern[1:]
            if not pattern.startswith("*") or any(sign in rest for sign in "*?["):
                expressions.append(fnmatch.translate(pattern))
                others.append((re.compile(expressions[-1]).match, name))
            elif rest.startswith("/") and "/" not in rest[1:]:
                names.setdefault(rest[1:], []).append(name)
            else:
                suffixes.setdefault(rest, []).append(name)
    return names, suffixes, others, re.compile("|".join(expressions)).match
