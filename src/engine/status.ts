import type { ContainerStatus } from "./state.ts";

/** ms as docker says them. (docker/go-units, `HumanDuration`) */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < 1) return "Less than a second";
  if (seconds === 1) return "1 second";
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.trunc(ms / 60_000);
  if (minutes === 1) return "About a minute";
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.trunc(ms / 3_600_000 + 0.5);
  if (hours === 1) return "About an hour";
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.trunc(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.trunc(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.trunc(hours / 24 / 30)} months`;
  return `${Math.trunc(ms / 3_600_000 / 24 / 365)} years`;
}

/** What `docker ps` shows under STATUS. `now`: ms since 1970. (moby, container/state.go `String`) */
export function statusText(status: ContainerStatus, now: number): string {
  if (status.kind === "created") return "Created";
  if (status.kind === "running") return `Up ${humanDuration(now - status.startedAt)}`;
  return `Exited (${status.code}) ${humanDuration(now - status.finishedAt)} ago`;
}
