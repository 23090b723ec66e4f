import type { Goal } from "../../engine/goal/assertion.ts";
import type { LocaleTag } from "../locales/index.ts";
import type { LessonText } from "./text.ts";

/**
 * A lesson, and a scenario that somebody made in the builder: plain data, so that it travels as a file or in a
 * link. Lines are typed one after another in the terminal whose turn it is: after `docker run -it IMAGE bash` the
 * next ones go to the container's shell, until `exit`.
 */
export interface Lesson {
  /** Lower case, digits and dashes: in addresses and in the saved progress. */
  readonly id: string;
  readonly minutes: number;
  /** What has happened when it begins. */
  readonly start: readonly string[];
  /** Each is ticked off by itself; any way there counts. */
  readonly goals: readonly Goal[];
  readonly prediction: Prediction | null;
  /** By the name they have in the text. */
  readonly demos: Readonly<Record<string, Demo>>;
  /** One way to reach all goals. */
  readonly solution: readonly string[];
  /** Another one, with other commands. Left out where somebody made the scenario in the builder. */
  readonly otherWay?: readonly string[];
  /** The words of one that somebody made, which come with it. A lesson of the course has them in files. */
  readonly texts?: Readonly<Partial<Record<LocaleTag, LessonText>>>;
}

/** A question before a command runs: the answer is read off the state after it, never written down. */
export interface Prediction {
  /** The command that will be run, in the terminal whose turn it is, once there is an answer. */
  readonly line: string;
  /**
   * "plates": which plates of the stack of `of` change. "sizes": whether the image that the command makes is
   * larger than, as large as, or smaller than `than`.
   */
  readonly asks:
    | { readonly kind: "plates"; readonly of: { readonly container: string } | { readonly image: string } }
    | { readonly kind: "sizes"; readonly image: string; readonly than: string };
  /** It is asked once these hold, by their names; at the start when empty. */
  readonly after: readonly string[];
  /** The goal that the command reaches: who has reached it without the question is not asked any more. */
  readonly until?: string;
}

/** A small host inside the text: how it stands, one command, and how it stands then. */
export interface Demo {
  readonly before: readonly string[];
  readonly line: string;
  readonly shows: "stack" | "host" | "boot";
  /** Directory that the stack is open at; the one where something happens when left out. */
  readonly path?: string;
}
