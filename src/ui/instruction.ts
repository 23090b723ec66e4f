const PACKAGE_MANAGERS = new Set(["apt-get", "apt", "apk", "yum", "dnf", "pip", "npm"]);

/** Nothing that a layer would be known by: shell options, variables, lists that are fetched and thrown away. */
const UNTELLING = /^(?:set\b|export\b|\w+=|apt-get update|\[|$)/;

/**
 * A layer's history line as a title: what it does first, a few words long. `createdBy` is as the engine
 * tells it (HostLayer.createdBy); what is no instruction (a commit's message) stays as it is.
 */
export function shortInstruction(createdBy: string): string {
  const debian = /^debian\.sh\b.*?'([a-z]+)' '@/.exec(createdBy);
  if (debian) return `debian.sh ${debian[1]}`;
  const [, verb = "", rest = ""] = /^(RUN|COPY|ADD) (.*)$/s.exec(createdBy) ?? [];
  if (verb === "RUN") return `RUN ${shortCommand(rest)}`;
  if (verb === "") return createdBy;
  const inside = /^((?:file|dir|multi):[0-9a-f]{1,7})[0-9a-f]* in (\S+)/.exec(rest);
  if (inside) return `${verb} ${inside[1]} in ${inside[2]}`;
  return `${verb} ${rest.split(/\s+/).find((word) => !word.startsWith("--")) ?? ""}`;
}

function shortCommand(script: string): string {
  const commands = script.split(/\s*(?:;|&&|\|\|)\s*/).map((command) => command.trim());
  const telling = commands.find((command) => !UNTELLING.test(command)) ?? script;
  const words = telling.split(/\s+/).filter((word) => !/^(?:-|\d+$)/.test(word));
  const kept = words.slice(0, PACKAGE_MANAGERS.has(words[0] ?? "") ? 3 : 2).join(" ");
  return kept.length < script.trim().length ? `${kept} …` : kept;
}
