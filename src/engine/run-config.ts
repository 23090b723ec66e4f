import type { ImageRunConfig } from "../core/oci/config.ts";
import { sortedKeys } from "../core/oci/json.ts";

type Flags = Readonly<Record<string, Record<string, never>>>;

const filled = <T>(list: readonly T[] | null | undefined): boolean =>
  list !== null && list !== undefined && list.length > 0;

function united(over: Flags | null | undefined, under: Flags | null | undefined): Flags | null | undefined {
  if (!over || Object.keys(over).length === 0) return under;
  return { ...under, ...over };
}

/** `user` filled up from `image`: environment by key, ports, volumes and labels united, Cmd only without an Entrypoint. (moby, daemon/commit.go `merge`) */
export function mergedConfig(user: ImageRunConfig, image: ImageRunConfig): ImageRunConfig {
  const merged = {
    ...user,
    User: user.User || image.User || "",
    Env: filled(user.Env) ? missingVariables(user.Env ?? [], image.Env ?? []) : (image.Env ?? null),
    ExposedPorts: united(user.ExposedPorts, image.ExposedPorts),
    Volumes: united(user.Volumes, image.Volumes) ?? null,
    Labels: { ...image.Labels, ...user.Labels },
    WorkingDir: user.WorkingDir || image.WorkingDir || "",
    StopSignal: user.StopSignal || image.StopSignal,
    Healthcheck: user.Healthcheck ?? image.Healthcheck,
  };
  const entrypoint = filled(user.Entrypoint) ? user.Entrypoint : (user.Entrypoint ?? image.Entrypoint ?? null);
  const takesCommand = !filled(user.Entrypoint) && !filled(user.Cmd);
  return orderedConfig({
    ...merged,
    Entrypoint: entrypoint,
    Cmd: takesCommand ? image.Cmd : user.Cmd,
    ArgsEscaped: takesCommand ? image["ArgsEscaped"] : user["ArgsEscaped"],
  });
}

/** The user's variables first, then the image's that they do not name. */
function missingVariables(user: readonly string[], image: readonly string[]): string[] {
  const keys = new Set(user.map((entry) => entry.split("=", 1)[0]));
  return [...user, ...image.filter((entry) => !keys.has(entry.split("=", 1)[0]))];
}

const given = <T>(key: string, value: T | undefined | null | false | ""): Record<string, T> =>
  value ? { [key]: value } : {};

/** Every key in the order and with the defaults of dockerd's `container.Config`, whose bytes become an image's config. */
export function orderedConfig(config: ImageRunConfig): ImageRunConfig {
  return {
    Hostname: config.Hostname ?? "",
    Domainname: config.Domainname ?? "",
    User: config.User ?? "",
    AttachStdin: config["AttachStdin"] ?? false,
    AttachStdout: config["AttachStdout"] ?? false,
    AttachStderr: config["AttachStderr"] ?? false,
    ...(config.ExposedPorts && Object.keys(config.ExposedPorts).length > 0
      ? { ExposedPorts: sortedKeys(config.ExposedPorts) }
      : {}),
    Tty: config["Tty"] ?? false,
    OpenStdin: config["OpenStdin"] ?? false,
    StdinOnce: config["StdinOnce"] ?? false,
    Env: config.Env ?? null,
    Cmd: config.Cmd ?? null,
    ...given("Healthcheck", config.Healthcheck),
    ...given("ArgsEscaped", config["ArgsEscaped"]),
    Image: config["Image"] ?? "",
    Volumes: config.Volumes ? sortedKeys(config.Volumes) : null,
    WorkingDir: config.WorkingDir ?? "",
    Entrypoint: config.Entrypoint ?? null,
    OnBuild: config.OnBuild ?? null,
    Labels: config.Labels ? sortedKeys(config.Labels) : null,
    ...given("StopSignal", config.StopSignal),
    ...given("Shell", config.Shell),
  } as ImageRunConfig;
}
