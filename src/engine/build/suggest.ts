/** What a misspelt word may have meant; null when nothing is near. (BuildKit, util/suggest) */
export function nearest(word: string, options: readonly string[]): string | null {
  let best: string | null = null;
  let distance = 3;
  for (const option of options) {
    const apart = levenshtein(word.toLowerCase(), option.toLowerCase());
    if (apart === 0) return null;
    if (apart < distance) [best, distance] = [option, apart];
  }
  return best;
}

function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
