/** Suffixes before the release itself, and after it. (apk-tools, src/version.c) */
const BEFORE = ["alpha", "beta", "pre", "rc"];
const AFTER = ["cvs", "svn", "git", "hg", "p"];

interface Version {
  readonly numbers: readonly string[];
  readonly letter: string;
  readonly suffixes: readonly { rank: number; number: number }[];
  readonly revision: number;
}

/** "1.36.1_p2-r29": numbers, a letter, suffixes, revision. */
function parse(text: string): Version {
  const [, numbers = "0", letter = "", suffixes = "", revision = "0"] =
    /^(\d+(?:\.\d+)*)([a-z]?)((?:_[a-z]+\d*)*)(?:~[0-9a-f]+)?(?:-r(\d+))?/.exec(text) ?? [];
  return {
    numbers: numbers.split("."),
    letter,
    suffixes: [...suffixes.matchAll(/_([a-z]+)(\d*)/g)].map(([, name = "", number = ""]) => ({
      rank: BEFORE.includes(name) ? BEFORE.indexOf(name) - BEFORE.length : AFTER.indexOf(name) + 1,
      number: Number(number || 0),
    })),
    revision: Number(revision),
  };
}

/** Compares two versions of packages: negative, 0 or positive. */
export function compareApkVersions(left: string, right: string): number {
  const a = parse(left);
  const b = parse(right);
  for (let i = 0; i < Math.max(a.numbers.length, b.numbers.length); i += 1) {
    const x = a.numbers[i];
    const y = b.numbers[i];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    // After the first, numbers with leading zeros are read as fractions.
    const asText = i > 0 && (x.startsWith("0") || y.startsWith("0"));
    const order = asText ? (x < y ? -1 : x > y ? 1 : 0) : Number(x) - Number(y);
    if (order !== 0) return order;
  }
  if (a.letter !== b.letter) return a.letter < b.letter ? -1 : 1;
  for (let i = 0; i < Math.max(a.suffixes.length, b.suffixes.length); i += 1) {
    const x = a.suffixes[i] ?? { rank: 0, number: 0 };
    const y = b.suffixes[i] ?? { rank: 0, number: 0 };
    if (x.rank !== y.rank || x.number !== y.number) return x.rank - y.rank || x.number - y.number;
  }
  return a.revision - b.revision;
}
