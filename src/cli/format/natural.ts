/** Orders texts as people count: "v2" before "v10". (fvbommel/sortorder, `NaturalLess`) */
export function byNaturalOrder(a: string, b: string): number {
  const [left, right] = [chunks(a), chunks(b)];
  for (const [index, each] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const numbers = /^\d/.test(each) && /^\d/.test(other);
    const difference = numbers ? Number(each) - Number(other) : 0;
    if (difference !== 0) return difference;
    if (each !== other) return each < other ? -1 : 1;
  }
  return left.length - right.length;
}

/** "v10b" as "v", "10", "b". */
function chunks(text: string): readonly string[] {
  return text.match(/\d+|\D+/g) ?? [];
}
