/** Where progress is kept; null where a browser refuses storage altogether. */
export function progressStore(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
