export const offline = {
  update: "A new version is here: it opens the next time.",
  now: "Open it now",
  later: "Close this note",
  busy: "A command is running",
  others: "Close the other pages of Lamina first: they still use the old version.",
};
