/** What takes keys for itself, or stands in front of the page. */
const TAKERS =
  "input, textarea, select, [contenteditable=true], .xterm, .cm-editor, dialog, [role=dialog], [role=menu], [role=tree], [role=treegrid], [role=grid], [role=listbox]";

/** Inside another page, whose own keys are not to be taken: only what stands in here takes keys. */
const OWN_KEYS = ".timeline";

/** Whether a key pressed there belongs to what is there: a field, a terminal, an editor, a dialog. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey) return true;
  const target = event.target as Element | null;
  if (window.parent !== window && !target?.closest(OWN_KEYS)) return true;
  // The timeline's slider takes only the timeline's keys.
  return target?.closest(TAKERS) != null && !target.matches("input[type=range]");
}
