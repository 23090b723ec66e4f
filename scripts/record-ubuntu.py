#!/usr/bin/env python3
"""Records package facts of an Ubuntu release from Debian's packages of the same software.

    scripts/record-ubuntu.py 22.04 DIRECTORY     (DIRECTORY/<suite>/<package>.txt as record-packages.py writes them)

The table scripts/record-ubuntu/<release>.txt says per package Ubuntu's name and version and whose file list is taken.
Versions in paths are replaced by Ubuntu's; dependencies are rewritten to the release's names, and version limits that
no package of the release meets are dropped. What only Ubuntu has (base-files, unminimize) is in
scripts/record-ubuntu/<release>/<package>.txt: path lines that replace the Debian package's.
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# Files of at least this size in a section with `scale=` are Debian's times that: compilers and options differ, and
# the sum must be that of the real image.
SCALED = 16384


def upstream(version):
    version = version.split(":", 1)[-1].rsplit("-", 1)[0]
    return re.sub(r"[+~](dfsg|ds|really|git|exp).*$|\.dfsg.*$", "", version)


def satisfied(have, operator, want):
    word = {"<<": "lt", "<=": "le", "=": "eq", ">=": "ge", ">>": "gt"}[operator]
    return subprocess.run(["dpkg", "--compare-versions", have, word, want], check=False).returncode == 0


def table(release):
    rows = {}
    section = factor = ""
    for line in open(os.path.join(HERE, "record-ubuntu", f"{release}.txt"), encoding="utf-8"):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section, _, factor = line[1:-1].partition(" scale=")
            continue
        name, version, source, *options = line.split(" ")
        suite, _, debian = source.partition(":")
        row = {"version": version, "suite": suite, "debian": debian or name, "scale": float(factor or 1)}
        row.update(option.split("=", 1) for option in options)
        rows[name] = row
    return rows


def read(path):
    if not os.path.exists(path):
        raise SystemExit(f"{path}: not recorded")
    head, body = open(path, encoding="utf-8").read().split("\n\n", 1)
    fields = {}
    last = None
    for line in head.split("\n"):
        if line.startswith(" "):
            fields[last] += "\n" + line
        else:
            last, value = line.split(":", 1)
            fields[last] = value.strip()
    return fields, body


class Names:
    """Debian's names in the release's words."""

    def __init__(self, rows):
        self.rows = rows
        self.by_debian = {}
        for name, row in rows.items():
            self.by_debian.setdefault(row["debian"], name)

    def of(self, debian):
        debian = debian.split(":")[0]
        if debian in self.rows:
            return debian
        if debian in self.by_debian:
            return self.by_debian[debian]
        for candidate in (debian + "t64", debian.replace("t64", "")):
            if candidate in self.rows:
                return candidate
        return None


def dependency_field(value, names, provided):
    """Rewrites one relation field; relations that name nothing of the release are dropped."""
    out = []
    for group in value.split(", "):
        kept = []
        for one in group.split(" | "):
            match = re.match(r"(\S+)(?: \((\S+) (\S+)\))?$", one.strip())
            if not match:
                continue
            debian, operator, want = match.groups()
            name = names.of(debian)
            if name is None:
                if debian.split(":")[0] in provided:
                    kept.append(debian.split(":")[0])
                continue
            have = names.rows[name]["version"]
            if operator == "=":
                kept.append(f"{name} (= {have})")
            elif operator and satisfied(have, operator, want):
                kept.append(f"{name} ({operator} {want})")
            else:
                kept.append(name)
        if kept and kept[0] not in out:
            out.append(" | ".join(dict.fromkeys(kept)))
    return ", ".join(out)


def given(text, names):
    out = []
    for one in text.split(","):
        exact = one.endswith("(=)")
        name = one.removesuffix("(=)")
        out.append(f"{name} (= {names.rows[name]['version']})" if exact else name)
    return ", ".join(out)


def renamer(old, new, name, debian):
    """Paths speak of versions: libz.so.1.2.13, python3.11, cpython-311, vim90."""
    pairs = []
    a, b = upstream(old), upstream(new)
    if a != b and len(a) > 1 and "." in a:
        pairs.append((rf"(?<![\d.]){re.escape(a)}(?![\d])", b))
    short_a, short_b = ".".join(a.split(".")[:2]), ".".join(b.split(".")[:2])
    if "python3" in debian or "perl" in debian:
        pairs.append((rf"(?<![\d.]){re.escape(short_a)}(?![\d])", short_b))
        pairs.append((rf"cpython-{short_a.replace('.', '')}", f"cpython-{short_b.replace('.', '')}"))
    if debian.startswith("vim"):
        pairs.append((rf"vim{short_a.replace('.', '')}", f"vim{short_b.replace('.', '')}"))
    if name != debian:
        pairs.append((rf"/{re.escape(debian)}(?=[/ .]|$)", f"/{name}"))

    def rename(line):
        mode, _, rest = line.partition(" ")
        for pattern, replacement in pairs:
            rest = re.sub(pattern, replacement, rest)
        return f"{mode} {rest}"
    return rename


def main():
    release, facts = sys.argv[1:3]
    rows = table(release)
    names = Names(rows)
    out = os.path.join(HERE, "..", "src", "content", "packages", f"ubuntu-{release}")
    os.makedirs(out, exist_ok=True)
    own = os.path.join(HERE, "record-ubuntu", release)
    texts = set()
    for folder, _, files in os.walk(os.path.join(out, "texts")):
        texts |= {os.path.relpath(os.path.join(folder, f), os.path.join(out, "texts")) for f in files}
    loaded = {}
    provided = set()
    for name, row in rows.items():
        if row["suite"] == "-":
            loaded[name] = read(os.path.join(own, f"{name}.txt"))
        else:
            loaded[name] = read(os.path.join(facts, row["suite"], f"{row['debian']}.txt"))
        for one in loaded[name][0].get("Provides", "").split(", "):
            provided.add(one.split(" ")[0])
    for file in os.listdir(out):
        if file.endswith(".txt"):
            os.unlink(os.path.join(out, file))
    for name, row in rows.items():
        fields, body = loaded[name]
        fields = dict(fields)
        old = fields["Version"]
        fields["Package"], fields["Version"] = name, row["version"]
        fields["Maintainer"] = "Ubuntu Developers <ubuntu-devel-discuss@lists.ubuntu.com>"
        for field in ("Replaces", "Breaks", "Conflicts", "Enhances"):
            if field in fields:
                fields[field] = dependency_field(fields[field], names, set())
        if "Suggests" in fields:  # named by apt even where nothing here has them
            fields["Suggests"] = re.sub(r" \([^)]*\)", "", fields["Suggests"])
        for field in ("Depends", "Pre-Depends", "Recommends"):
            option = row.get(field.lower())
            if option == "-":
                fields.pop(field, None)
            elif option is not None:
                fields[field] = given(option, names) if field == "Depends" else option
            elif field in fields:
                fields[field] = dependency_field(fields[field], names, provided)
        if "Provides" in fields:
            fields["Provides"] = fields["Provides"].replace(old, row["version"])
        if "depends" in row:
            fields.pop("Pre-Depends", None)
        fields = {k: v for k, v in fields.items() if v}
        if "size" in row:
            fields["Size"] = row["size"]
        source = fields.get("Source", row["debian"]).split(" ")[0]
        pool = row.get("component", "main")
        initial = source[:4] if source.startswith("lib") else source[0]
        file_version = row["version"].split(":", 1)[-1]
        fields["Filename"] = f"pool/{pool}/{initial}/{source}/{name}_{file_version}_{fields['Architecture']}.deb"
        # Fixes are numbered with a further dot, or carry the release: they come by the updates.
        suite = {"22.04": "jammy", "24.04": "noble"}[release]
        if re.search(r"(ubuntu|build)\d+\.\d|~2\d\.04", row["version"]):
            suite += "-updates"
        fields["Index"] = f"http://archive.ubuntu.com/ubuntu {suite}/{pool} amd64"
        # The Debian release is newer or older: a date that fits Ubuntu's is the release's own.
        fields["Date"] = "2022-04-01T12:00:00Z" if release == "22.04" else "2024-04-08T12:00:00Z"
        override = os.path.join(own, f"{name}.txt")
        rename = renamer(old, row["version"], name, row["debian"])
        lines = []
        shipped = set()
        section = ""
        if os.path.exists(override) and row["suite"] != "-":
            body = read(override)[1]
            rename = lambda line: line
        for line in body.strip("\n").split("\n"):
            if line.startswith("# ") or not line:
                section = line[2:]
                lines.append(line)
                continue
            line = rename(line)
            # Ubuntu keeps translations in language packs: its packages ship none.
            if section == "" and re.search(r"[ /]usr/share/locale(/|$)", line):
                continue
            if section == "maintainer" and line.endswith(".pyc"):
                module = re.sub(r"__pycache__/(.*)\.cpython-\d+.*\.pyc$", r"\1.py", line.split(" ", 2)[2])
                if module not in shipped:
                    continue
            words = line.split(" ", 2)
            if words[0][0] == "f" and section != "control":
                path = words[2]
                if path in shipped:  # two versions of one file became one: release notes
                    continue
                shipped.add(path)
                if words[1] != "@" and int(words[1]) >= SCALED and row["scale"] != 1 and "/share/" not in path:
                    line = f"{words[0]} {round(int(words[1]) * row['scale'] / 8) * 8} {path}"
                if path in texts or f"{name}/{path}" in texts:
                    line = f"{words[0]} @ {path}"
                elif words[1] == "@":
                    raise SystemExit(f"{name}: {path} has no text")
            lines.append(line)
        head = "\n".join(f"{k}:{v}" if v.startswith("\n") else f"{k}: {v}" for k, v in fields.items())
        with open(os.path.join(out, f"{name}.txt"), "w", encoding="utf-8") as stream:
            stream.write(f"{head}\n\n" + "\n".join(lines) + "\n")
    print(f"{len(rows)} packages recorded in {os.path.relpath(out)}", file=sys.stderr)


if __name__ == "__main__":
    main()
