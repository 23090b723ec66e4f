/** "2026-11-23 19:25:51", as dpkg.log and alternatives.log begin their lines. `now` in ms. Containers' time zone is UTC. */
export function timestamp(now: number): string {
  return new Date(now).toISOString().slice(0, 19).replace("T", " ");
}
