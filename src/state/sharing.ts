/**
 * `after` with each part that is equal to the same part of `before` being that very part. What the worker
 * sends is a copy each time: so shared, a long story holds what stays the same once, and what draws it sees
 * by identity that it stayed. For plain data nobody else holds: `after` is changed in place.
 */
export function sharing<T>(before: unknown, after: T): T {
  if (Object.is(before, after)) return after;
  if (typeof before !== "object" || typeof after !== "object" || before === null || after === null) return after;
  if (Array.isArray(before) !== Array.isArray(after)) return after;
  const [old, fresh] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const keys = Object.keys(fresh);
  let equal = keys.length === Object.keys(old).length;
  for (const key of keys) {
    const part = sharing(old[key], fresh[key]);
    if (part !== fresh[key]) fresh[key] = part;
    equal &&= key in old && Object.is(part, old[key]);
  }
  return equal ? (before as T) : after;
}
