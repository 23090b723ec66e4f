import type { Random } from "../../engine/ports.ts";

/** One to three of: a bit of a character flipped, a cut, two pieces swapped, characters put in, a piece twice. */
export function damaged(text: string, random: Random, alphabet: string): string {
  let result = text;
  for (let times = 1 + random.integer(3); times > 0; times--) {
    const at = random.integer(result.length + 1);
    const to = at + random.integer(result.length - at + 1);
    const letter = (): string => alphabet[random.integer(alphabet.length)] ?? "";
    const ways = [
      () =>
        result.slice(0, at) +
        String.fromCharCode((result.charCodeAt(at) || 65) ^ (1 << random.integer(7))) +
        result.slice(at + 1),
      () => result.slice(0, at),
      () => result.slice(at),
      () => result.slice(0, at) + result.slice(to),
      () => result.slice(to) + result.slice(0, to),
      () => result.slice(0, at) + letter() + letter() + result.slice(at),
      () => result.slice(0, at) + letter() + result.slice(at + 1),
      () => result.slice(0, to) + result.slice(at),
    ];
    result = ways[random.integer(ways.length)]?.() ?? result;
  }
  return result;
}
