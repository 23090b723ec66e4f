/** The one simulated machine under all containers: a container has no kernel of its own. */
export const kernel = {
  name: "Linux",
  release: "6.8.0-48-generic",
  version: "#48-Ubuntu SMP PREEMPT_DYNAMIC Fri Sep 27 14:04:52 UTC 2024",
  machine: "x86_64",
} as const;

export const machine = {
  processors: 2,
  model: "Lamina Virtual CPU @ 2.40GHz",
  /** Bytes. */
  memory: 4_096 * 1024 * 1024,
  /** Bytes of memory in use, as the model says. */
  memoryUsed: 812 * 1024 * 1024,
  memoryCache: 1_540 * 1024 * 1024,
  /** Bytes of the disk that holds /var/lib/docker. */
  disk: 62_671_097_856,
  diskUsed: 9_871_097_856,
  /** Seconds the host had been up when a scenario's clock stood at its first command. */
  uptime: 86_400,
} as const;
