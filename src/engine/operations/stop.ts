import { basename } from "../../core/filesystem/path.ts";
import { findContainer } from "../lookup.ts";
import type { Ports } from "../ports.ts";
import type { Container } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { exit } from "./exit.ts";

/**
 * Programs that end by themselves when told to. All others here leave the signal to its default,
 * which for the first process of a container is to be ignored. (pid_namespaces(7))
 */
const HEEDS_STOP = new Set(["nginx", "redis-server", "httpd", "mysqld", "postgres"]);

const heedsStop = (container: Container): boolean => container.argv.some((word) => HEEDS_STOP.has(basename(word)));

/** Asks the main process to end, waits, kills it. Stopping one that does not run is no error. (docker stop -t) */
export async function stop(
  tx: Transaction,
  ports: Ports,
  nameOrPrefix: string,
  options: { readonly seconds?: number; readonly signal: AbortSignal },
): Promise<void> {
  const container = findContainer(tx.state, nameOrPrefix);
  const { status } = container;
  if (status.kind !== "running") return;
  if (heedsStop(container)) return exit(tx, ports.clock.now(), container.id, 0);
  const grace = (options.seconds ?? 10) * 1000;
  const left = status.endsAt === null ? Number.POSITIVE_INFINITY : status.endsAt - ports.clock.now();
  await ports.clock.sleep(Math.max(0, Math.min(grace, left)), options.signal);
  exit(tx, ports.clock.now(), container.id, left <= grace ? 0 : 137);
}
