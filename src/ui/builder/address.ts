/** The scenario that the address asks to be made; null when it asks for none. */
export function builtIn(search: string): string | null {
  const id = new URLSearchParams(search).get("build");
  return id !== null && /^[a-z0-9-]{1,40}$/.test(id) ? id : null;
}

export function buildAddress(id: string): string {
  return `${location.pathname}?build=${id}`;
}

/** 60 bits: nobody has two of the same. */
export function newId(): string {
  const letters = "0123456789abcdefghjkmnpqrstvwxyz";
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => letters[byte % 32]).join("");
}
