/** "key=value" or "key", as after --label; of one key the last counts. */
export function labels(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((text) => [text.split("=")[0] ?? "", text.split("=").slice(1).join("=")]));
}
