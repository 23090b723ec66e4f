import { describe, expect, test } from "vitest";
import { entriesOf } from "../../../scripts/catalogue/changeset.ts";
import { type Distribution, distribution } from "../../../scripts/catalogue/facts.ts";
import { buildLayer, emptyStack } from "../../../scripts/catalogue/layer.ts";
import { imageSources } from "../../../scripts/catalogue/sources.ts";
import { allSteps, type ImageSource } from "../../content/images/image.ts";
import { parsePathRules } from "../../content/packages/path-rules.ts";
import { root } from "../../core/filesystem/filesystem.ts";
import { treeFromEntries } from "../../core/filesystem/tree.ts";
import { emptyLower, type Lower, stackOn } from "../../core/overlay/lower.ts";
import type { PackageSource } from "../command.ts";
import { TestContainer } from "./test-process.ts";

/** The archive as the browser would fetch it, read from the content folder. */
const archive: PackageSource = {
  async text(path) {
    const [name = "", file = ""] = path.split("/");
    const distro = distribution(name);
    if (file === "index.json") {
      return JSON.stringify({
        archive: distro.archive,
        packages: distro.names.map((one) => distro.package(one).facts.control),
      });
    }
    const { source, texts } = distro.package(file.replace(/\.json$/, ""));
    return JSON.stringify({ facts: source, texts });
  },
};

function stack(source: ImageSource): Lower {
  let lower = emptyLower;
  let below = emptyStack;
  for (const step of allSteps(source)) {
    if (!step.layer) continue;
    const built = buildLayer(step.layer, step, below);
    below = built.stack;
    lower = stackOn(lower, treeFromEntries(entriesOf(built)));
  }
  return lower;
}

/** Every path of the installed packages is there, with the mode, owner and size of the facts. */
function complete(
  container: TestContainer,
  distro: Distribution,
  names: readonly string[],
  left: (path: string) => boolean,
): string[] {
  const wrong: string[] = [];
  for (const name of names) {
    for (const entry of distro.package(name).facts.entries) {
      if (left(entry.path)) continue;
      if (!container.exists(`/${entry.path}`)) wrong.push(`${name}: ${entry.path} is missing`);
      else if (entry.kind === "file") {
        const { mode, uid, gid, size } = container.fs.lstat(`/${entry.path}`, root);
        const wanted = entry.size ?? size;
        if (mode !== entry.mode || uid !== entry.uid || gid !== entry.gid || size !== wanted)
          wrong.push(`${name}: ${entry.path} differs`);
      }
    }
  }
  return wrong;
}

const sources = await imageSources();
const bases = sources.filter(({ repository }) => /\/(debian|ubuntu|alpine|centos)$/.test(repository));

describe.each(bases.map((source) => [`${source.repository}:${source.tags[0]}`, source] as const))("%s", (_, source) => {
  const lower = stack(source);
  const [selection] = source.steps.flatMap((step) => step.layer?.packages ?? []);
  const distro = distribution(selection?.distro ?? "");
  const own = new Set(source.steps.flatMap((step) => step.layer?.packages ?? []).flatMap(({ names }) => names));
  const installable = distro.names.filter((name) => !own.has(name));

  test("installs every package there is, and the database agrees with the files", async () => {
    const container = new TestContainer(lower, archive);
    if (selection?.manager === "dpkg") {
      await container.run("apt-get update");
      expect(await container.run(`apt-get install -y ${installable.join(" ")}`)).toMatchObject({ code: 0 });
      const rules = parsePathRules((selection.rules ?? []).map((rule) => rule));
      const status = await container.text("/var/lib/dpkg/status");
      for (const name of installable) expect(status).toContain(`Package: ${name}\nStatus: install ok installed\n`);
      const kept = new Set(
        installable.flatMap((name) =>
          [...(distro.package(name).facts.control["Conffiles"] ?? "").matchAll(/^ \/(.*) /gm)].map(([, path]) => path),
        ),
      );
      expect(complete(container, distro, installable, (path) => kept.has(path) || rules.excludes(path, false))).toEqual(
        [],
      );
      const listed = await container.run(`dpkg -l ${installable.join(" ")}`);
      expect(listed.stdout.split("\n").filter((line) => line.startsWith("ii "))).toHaveLength(installable.length);
    } else if (selection?.manager === "apk") {
      expect(await container.run(`apk add --no-cache ${installable.join(" ")}`)).toMatchObject({ code: 0, stderr: "" });
      expect(complete(container, distro, installable, (path) => path.startsWith("etc/"))).toEqual([]);
      expect(
        (await container.run("apk info")).stdout
          .split("\n")
          .filter((name) => name !== "")
          .sort(),
      ).toEqual(distro.names.toSorted());
    } else {
      const first = installable.filter((name) => distro.package(name).facts.control["Section"] === "extras");
      if (first.length > 0) expect(await container.run(`yum install -y ${first.join(" ")}`)).toMatchObject({ code: 0 });
      expect(await container.run(`yum install -y ${installable.join(" ")}`)).toMatchObject({ code: 0, stderr: "" });
      const documentation = /^usr\/share\/(doc|man|info)\//;
      expect(
        complete(container, distro, installable, (path) => path.startsWith("etc/") || documentation.test(path)),
      ).toEqual([]);
      const names = (await container.run("rpm -qa --qf %{NAME}\\n")).stdout.split("\n").filter((name) => name !== "");
      expect(new Set(names)).toEqual(new Set(distro.names));
    }
  });

  test.each(["vim", "curl", "nginx"])("%s alone comes with what it needs, and goes again", async (name) => {
    const container = new TestContainer(lower, archive);
    const installs =
      selection?.manager === "dpkg"
        ? ["apt-get update", `apt-get install -y ${name}`]
        : selection?.manager === "apk"
          ? [`apk add --no-cache ${name}`]
          : ["yum install -y epel-release", `yum install -y ${name}`];
    for (const line of installs) expect(await container.run(line), line).toMatchObject({ code: 0 });
    const remove = { dpkg: "apt-get purge -y", apk: "apk del", rpm: "yum remove -y" }[selection?.manager ?? "dpkg"];
    const gone = selection?.manager === "rpm" && name === "vim" ? "vim-enhanced" : name;
    if (!own.has(gone)) expect(await container.run(`${remove} ${gone}`)).toMatchObject({ code: 0 });
    if (selection?.manager === "dpkg")
      expect(await container.run("apt-get autoremove --purge -y")).toMatchObject({ code: 0 });
  });
});
