#!/usr/bin/env python3
"""Records package facts from .deb files: src/content/packages/<distro>/<package>.txt (format.ts says what is in them).

Run by hand on a Debian machine, once in a while; the build needs only what it wrote.

    apt-get download vim vim-common ...                 (any suite: apt-get -c FILE picks another root)
    scripts/record-packages.py --distro debian-12 --packages Packages --debs DIRECTORY [name...]
    scripts/record-packages.py --out FACTS/trixie --packages Packages --debs DIRECTORY     (for record-ubuntu.py)

--packages is an apt list of the suite (uncompressed Packages, may be given several times): Filename, Size and
SHA256 come from it. What the maintainer scripts leave behind is kept in scripts/record-packages.effects: stanzas
of `[package ...]` and lines of the `# maintainer` section. Facts are names, modes, owners, sizes, dependency
fields, versions and short descriptions; no file contents are copied. Files listed in texts/ (our own words)
become `@` entries.
"""
import argparse
import io
import os
import re
import subprocess
import sys
import tarfile
from datetime import datetime, timezone

HERE = os.path.dirname(os.path.abspath(__file__))
# The order of dpkg's status file, then what the archive adds.
FIELDS = """Package Essential Protected Priority Section Installed-Size Maintainer Architecture Multi-Arch Source
Version Replaces Provides Depends Pre-Depends Recommends Suggests Breaks Conflicts Enhances Conffiles Description
Homepage Filename Size Index Date""".split()


def stanzas(text):
    for block in re.split(r"\n\n+", text.strip()):
        fields = {}
        last = None
        for line in block.split("\n"):
            if line[:1] in " \t":
                fields[last] += "\n" + line
            elif ":" in line:
                last, value = line.split(":", 1)
                fields[last] = value.strip()
        yield fields


def tar_of(deb, member):
    data = subprocess.run(["dpkg-deb", f"--{member}", deb], check=True, capture_output=True).stdout
    return tarfile.open(fileobj=io.BytesIO(data))


def entry_line(member, path, texts):
    owner = "" if member.uid == 0 and member.gid == 0 else f":{member.uid}:{member.gid}"
    mode = f"{member.mode & 0o7777:04o}{owner}"
    if member.isdir():
        return f"d{mode} {path}"
    if member.issym():
        return f"l {path} -> {member.linkname}"
    if member.islnk():
        return f"h {path} => {member.linkname.removeprefix('./')}"
    if member.isreg():
        return f"f{mode} {'@' if path in texts else member.size} {path}"
    raise SystemExit(f"{path}: neither file, directory nor link")


def effects_of(file):
    found = {}
    names = []
    for line in open(file, encoding="utf-8").read().split("\n"):
        if line.startswith("["):
            names = line.strip("[]").split()
        elif line and not line.startswith("#"):
            for name in names:
                found.setdefault(name, []).append(line)
    return found


def effects_for(name, effects):
    """Those of the package, else those of the same package for another Python, in this one's paths."""
    version = re.search(r"3\.\d+", name)
    if name in effects or not version:
        return effects.get(name, [])
    for other, lines in effects.items():
        known = re.search(r"3\.\d+", other)
        if known and other.replace(known[0], version[0]) == name:
            return [
                line.replace(f"python{known[0]}", f"python{version[0]}").replace(
                    f"cpython-{known[0].replace('.', '')}", f"cpython-{version[0].replace('.', '')}"
                )
                for line in lines
            ]
    return []


def record(deb, archive, texts, effects):
    control = tar_of(deb, "ctrl-tarfile")
    read = lambda name: control.extractfile(name).read().decode("utf-8")
    names = {m.name.removeprefix("./"): m for m in control.getmembers() if m.isreg()}
    fields = next(stanzas(read("./control")))
    fields["Description"] = fields["Description"].split("\n")[0]  # the short one: the long one is prose
    known = archive.get((fields["Package"], fields["Version"]), {})
    for field in ("Filename", "Size", "Index"):
        if field in known:
            fields[field] = known[field]
    sums = {}
    if "md5sums" in names:
        for line in read("./md5sums").splitlines():
            digest, path = line.split(None, 1)
            sums[path] = digest
    if "conffiles" in names:
        lines = [l for l in read("./conffiles").splitlines() if l.startswith("/")]
        digests = conffile_sums(deb, lines)
        fields["Conffiles"] = "".join(f"\n {l} {digests[l]}" for l in lines)
    data = tar_of(deb, "fsys-tarfile")
    entries = []
    newest = 0
    package_texts = {p[len(fields["Package"]) + 1:] for p in texts if p.startswith(fields["Package"] + "/")}
    for member in data.getmembers():
        path = member.name.removeprefix("./").rstrip("/")
        if path in ("", "."):
            continue
        newest = max(newest, member.mtime)
        entries.append(entry_line(member, path, texts | package_texts))
    fields["Date"] = datetime.fromtimestamp(newest, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    order = {name: i for i, name in enumerate(FIELDS)}
    lines = []
    for name in sorted((n for n in fields if n in order), key=order.get):
        value = fields[name]
        lines.append(f"{name}:{value}" if value.startswith("\n") else f"{name}: {value}")
    lines += ["", *entries]
    members = [m for n, m in sorted(names.items()) if n not in ("control", "conffiles")]
    if members:
        lines.append("# control")
        lines += [f"f{m.mode & 0o777:04o} {m.size} {m.name.removeprefix('./')}" for m in members]
    mine = effects_for(fields["Package"], effects)
    if mine:
        lines += ["# maintainer", *mine]
    return fields["Package"], "\n".join(lines) + "\n"


def conffile_sums(deb, paths):
    import hashlib
    data = tar_of(deb, "fsys-tarfile")
    sums = {}
    for member in data.getmembers():
        path = "/" + member.name.removeprefix("./")
        if path in paths and member.isreg():
            sums[path] = hashlib.md5(data.extractfile(member).read()).hexdigest()
    return {p: sums.get(p, "newconffile") for p in paths}


def index_of(file):
    """HOST_PATH_dists_SUITE_COMPONENT_binary-amd64_Packages is "http://HOST/PATH SUITE/COMPONENT amd64"."""
    match = re.match(r"(.+)_dists_(.+)_([a-z]+)_binary-(\w+)_Packages$", os.path.basename(file))
    uri, suite, component, architecture = match.groups()
    return f"http://{uri.replace('_', '/')} {suite}/{component} {architecture}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument("--distro")
    target.add_argument("--out")
    parser.add_argument("--packages", action="append", default=[])
    parser.add_argument("--debs", required=True)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    out = arguments.out or os.path.join(HERE, "..", "src", "content", "packages", arguments.distro)
    os.makedirs(out, exist_ok=True)
    archive = {}
    for file in arguments.packages:
        index = index_of(file)
        for fields in stanzas(open(file, encoding="utf-8").read()):
            fields["Index"] = index
            archive[(fields["Package"], fields["Version"])] = fields
    texts = set()
    root = os.path.join(out, "texts")
    for folder, _, files in os.walk(root):
        texts |= {os.path.relpath(os.path.join(folder, f), root) for f in files}
    effects = effects_of(os.path.join(HERE, "record-packages.effects"))
    count = 0
    for file in sorted(os.listdir(arguments.debs)):
        if not file.endswith(".deb") or (arguments.names and file.split("_")[0] not in arguments.names):
            continue
        name, text = record(os.path.join(arguments.debs, file), archive, texts, effects)
        with open(os.path.join(out, f"{name}.txt"), "w", encoding="utf-8") as stream:
            stream.write(text)
        count += 1
    print(f"{count} packages recorded in {os.path.relpath(out)}", file=sys.stderr)


if __name__ == "__main__":
    main()
