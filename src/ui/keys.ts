/** What takes keys for itself, or stands in front of the page. */
const TAKERS =
  "input, textarea, select, [contenteditable=true], .xterm, .cm-editor, dialog, [role=dialog], [role=menu], [role=tree], [role=treegrid], [role=grid], [role=listbox]";

/** Inside another page, whose own keys are not to be taken: only what stands in here takes keys. */
const OWN_KEYS = ".timeline";

/** Keys by which one reads on, wherever in a page one has clicked. */
const READING_KEYS = ["PageUp", "PageDown", "Home", "End"];

/** Whether the page is in a frame of another page. */
export const isFramed = (): boolean => window.parent !== window;

/** A page in a frame never takes the focus from the page around it. */
export const mayTakeFocus = (): boolean => !isFramed() || document.hasFocus();

/** Whether a key pressed there belongs to what is there: a field, a terminal, an editor, a dialog. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey) return true;
  const target = event.target as Element | null;
  const slider = target?.matches("input[type=range]");
  if (isFramed() && !slider && (READING_KEYS.includes(event.key) || !target?.closest(OWN_KEYS))) return true;
  // The timeline's slider takes only the timeline's keys.
  return target?.closest(TAKERS) != null && !slider;
}
