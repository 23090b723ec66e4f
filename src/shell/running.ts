/** Thrown by a program that goes on: the process it is in is left running. `endsAt`: ms, null for good. */
export class Running extends Error {
  override readonly name = "Running";
  constructor(readonly endsAt: number | null) {
    super("the process goes on");
  }
}
