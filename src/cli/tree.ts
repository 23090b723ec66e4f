import { builderVerbs } from "./commands/builder/index.ts";
import { containerVerbs } from "./commands/container/index.ts";
import { imageVerbs } from "./commands/image/index.ts";
import { systemVerbs } from "./commands/system/index.ts";
import { volumeVerbs } from "./commands/volume/index.ts";
import { flagTable } from "./flags/table.ts";
import type { Listed } from "./help.ts";
import { type NotSimulated, notSimulated } from "./not-simulated.ts";
import type { Verb } from "./verb.ts";

const verbs: readonly Verb[] = [...builderVerbs, ...containerVerbs, ...imageVerbs, ...systemVerbs, ...volumeVerbs];

/** The management commands that have verbs below them here. */
export const groups: ReadonlyMap<string, string> = new Map([
  ["builder", "Manage builds"],
  ["container", "Manage containers"],
  ["image", "Manage images"],
  ["system", "Manage Docker"],
  ["volume", "Manage volumes"],
]);

export const globalFlags = flagTable(`
*     --config string      Location of client config files (default "/root/.docker")
* -c, --context string     Name of the context to use to connect to the daemon (overrides DOCKER_HOST env var and default context set with "docker context use")
  -D, --debug              Enable debug mode
* -H, --host list          Daemon socket to connect to
  -l, --log-level string   Set the logging level ("debug", "info", "warn", "error", "fatal") (default "info")
*     --tls                Use TLS; implied by --tlsverify
*     --tlscacert string   Trust certs signed only by this CA (default "/root/.docker/ca.pem")
*     --tlscert string     Path to TLS certificate file (default "/root/.docker/cert.pem")
*     --tlskey string      Path to TLS key file (default "/root/.docker/key.pem")
*     --tlsverify          Use TLS and verify the remote
  -v, --version            Print version information and quit
`);

/** What the words after "docker" mean. `words`: how many of them name it. */
export type Found =
  | { readonly kind: "verb"; readonly verb: Verb; readonly words: number }
  | { readonly kind: "not-simulated"; readonly command: NotSimulated; readonly words: number }
  | { readonly kind: "group"; readonly name: string; readonly words: number }
  | { readonly kind: "unknown" };

export function find(words: readonly string[]): Found {
  for (const count of [2, 1]) {
    if (words.length < count) continue;
    const name = words.slice(0, count).join(" ");
    const verb = verbs.find((each) => each.names.includes(name));
    if (verb) return { kind: "verb", verb, words: count };
    const command = notSimulated.find((each) => each.names.includes(name));
    if (command) return { kind: "not-simulated", command, words: count };
    if (groups.has(name)) return { kind: "group", name, words: count };
  }
  return { kind: "unknown" };
}

/** The commands of a group, or of docker itself (""), by name; aliases ("list", "remove") are left out. */
export function listed(group: string): Listed[] {
  const depth = group === "" ? 1 : 2;
  const own = (name: string): boolean =>
    name.split(" ").length === depth && (group === "" || name.startsWith(`${group} `));
  const found: Listed[] = [];
  for (const { names, summary } of verbs) {
    const name = names.find(own);
    if (name !== undefined) found.push({ name: name.split(" ").at(-1) ?? "", summary, simulated: true });
  }
  for (const { names, summary } of notSimulated.filter(({ hidden }) => !hidden)) {
    const name = names.find(own);
    if (name !== undefined) found.push({ name: name.split(" ").at(-1) ?? "", summary, simulated: false });
  }
  if (group === "") for (const [name, summary] of groups) found.push({ name, summary, simulated: true });
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const COMMON = ["run", "exec", "ps", "build", "pull", "push", "images", "login", "logout", "search", "version", "info"];
const SWARM = ["config", "node", "secret", "service", "stack", "swarm"];
const MANAGEMENT = [...groups.keys(), "checkpoint", "context", "manifest", "network", "plugin", "trust"];
/** Plugins, which docker lists only where they are installed. */
const PLUGINS = ["buildx", "compose", "scout"];

/** The sections of `docker --help`. */
export function sections(): { title: string; commands: Listed[] }[] {
  const all = listed("");
  const named = (names: readonly string[]): Listed[] => all.filter((command) => names.includes(command.name));
  const special = new Set([...COMMON, ...SWARM, ...MANAGEMENT, ...PLUGINS]);
  return [
    { title: "Common Commands", commands: COMMON.flatMap((name) => named([name])) },
    { title: "Management Commands", commands: named(MANAGEMENT) },
    { title: "Swarm Commands", commands: named(SWARM) },
    { title: "Commands", commands: all.filter((command) => !special.has(command.name)) },
  ];
}
