/** Ctrl-D on a line of its own: the input ends. */
export const END_OF_INPUT = "\x04";
