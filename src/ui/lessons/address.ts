/** A lesson's address: in the query, so that the fragment stays the link's own. */
export function lessonAddress(id: string): string {
  return `${location.pathname}?lesson=${encodeURIComponent(id)}`;
}

/** The page without a lesson or a link: one's own host. */
export function ownAddress(): string {
  return location.pathname;
}
