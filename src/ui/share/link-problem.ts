import type { Dictionary } from "../../content/locales/index.ts";
import type { LinkProblem } from "../../host/protocol.ts";

/** Whether something opened that can be looked at, though not all of what was sent. */
export function openedAllTheSame({ reason }: LinkProblem): boolean {
  return !["foreign", "newer", "damaged", "empty"].includes(reason);
}

/** What is wrong with a link, in a sentence. */
export function problemWords({ scene }: Dictionary, problem: LinkProblem): string {
  switch (problem.reason) {
    case "cut":
    case "altered":
      return scene.damage[problem.reason](problem.read, problem.of);
    case "skipped":
      return scene.skipped(problem.lines);
    default:
      return scene.problems[problem.reason];
  }
}
