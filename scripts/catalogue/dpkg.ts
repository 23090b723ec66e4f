import { controlFile, listFile, statusStanza } from "../../src/content/packages/dpkg-database.ts";
import type { MaintainerEffect } from "../../src/content/packages/format.ts";
import type { Installed } from "./database.ts";
import { compare } from "./facts.ts";
import type { Root } from "./root.ts";

/** /var/lib/dpkg and /var/lib/apt/extended_states. (dpkg(1) FILES; apt-mark(8)) */
export function dpkgDatabase(root: Root, { added, packages, automatic }: Installed, mtime: number): void {
  const sorted = [...packages].sort((a, b) =>
    compare(a.facts.control["Package"] ?? "", b.facts.control["Package"] ?? ""),
  );
  const status = sorted.map((one) => `${statusStanza(one.facts.control)}\n`).join("");
  const before = root.text("var/lib/dpkg/status");
  root.putText("var/lib/dpkg/status-old", before === "" ? status : before, mtime);
  root.putText("var/lib/dpkg/status", status, mtime);
  // Version of the folder's layout: 1 names the lists of co-installable packages NAME:ARCHITECTURE.
  if (root.get("var/lib/dpkg/info/format") === undefined) root.putText("var/lib/dpkg/info/format", "1\n", mtime);
  for (const { facts } of added) {
    root.putText(controlFile(facts.control, "list"), listFile(facts.entries), mtime);
    const conffiles = (facts.control["Conffiles"] ?? "").matchAll(/^ (\/.*) \S+$/gm);
    const lines = [...conffiles].map(([, path]) => `${path}\n`).join("");
    if (lines !== "") root.putText(controlFile(facts.control, "conffiles"), lines, mtime);
    for (const { name, mode, size } of facts.members) {
      const path = controlFile(facts.control, name);
      root.put({ kind: "file", path, mode, uid: 0, gid: 0, size }, mtime, {});
    }
    for (const effect of facts.effects) if (effect.kind === "alternative") alternative(root, effect, mtime);
  }
  const marked = sorted.filter((one) => automatic.includes(one.facts.control["Package"] ?? ""));
  if (marked.length > 0) {
    const states = marked.map(({ facts: { control } }) => {
      const architecture = control["Architecture"] === "all" ? "amd64" : control["Architecture"];
      return `Package: ${control["Package"]}\nArchitecture: ${architecture}\nAuto-Installed: 1\n\n`;
    });
    root.putText("var/lib/apt/extended_states", states.join(""), mtime);
  }
}

/** The first alternative of a name becomes its link; a later one of higher priority replaces it. (update-alternatives(1)) */
function alternative(root: Root, effect: MaintainerEffect & { kind: "alternative" }, mtime: number): void {
  const admin = `var/lib/dpkg/alternatives/${effect.name}`;
  const known = root.text(admin).split("\n");
  const choices = new Map<string, number>();
  for (let i = 3; i + 1 < known.length && known[i] !== ""; i += 2) choices.set(known[i] ?? "", Number(known[i + 1]));
  choices.set(effect.path, effect.priority);
  const [best] = [...choices].sort(([a, x], [b, y]) => y - x || compare(a, b))[0] ?? [effect.path];
  const lines = [...choices].sort(([a], [b]) => compare(a, b)).map(([path, priority]) => `${path}\n${priority}\n`);
  root.putText(admin, `auto\n${effect.link}\n\n${lines.join("")}\n`, mtime);
  const link = `etc/alternatives/${effect.name}`;
  root.put({ kind: "symlink", path: link, target: best }, mtime, {});
  root.put({ kind: "symlink", path: effect.link.slice(1), target: `/${link}` }, mtime, {});
}
