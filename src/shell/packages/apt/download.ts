import type { ProcessContext } from "../../command.ts";
import { sizeText } from "../size-text.ts";

/** Bytes a millisecond that a modelled mirror sends, and the longest that one file takes, in ms. */
const SPEED = 20_000;
const LONGEST = 400;

/** apt's numbered account of what it fetches. (apt-private/acqprogress.cc) */
export class Download {
  readonly #context: ProcessContext;
  readonly #begun: number;
  #number = 0;
  #bytes = 0;

  constructor(context: ProcessContext) {
    this.#context = context;
    this.#begun = context.clock.now();
  }

  async get(label: string, bytes: number): Promise<void> {
    this.#context.stdout(`Get:${(this.#number += 1)} ${label} [${sizeText(bytes)}B]\n`);
    this.#bytes += bytes;
    await this.#context.clock.sleep(Math.min(Math.round(bytes / SPEED), LONGEST), this.#context.signal);
  }

  hit(label: string): void {
    this.#context.stdout(`Hit:${(this.#number += 1)} ${label}\n`);
  }

  missing(label: string): void {
    this.#context.stdout(`Ign:${(this.#number += 1)} ${label}\n`);
    this.failed(label.replace("InRelease", "Release"), "404  Not Found");
  }

  failed(label: string, reason: string): void {
    this.#context.stdout(`Err:${(this.#number += 1)} ${label}\n  ${reason}\n`);
  }

  /** "Fetched 9417 kB in 1s (11.2 MB/s)" */
  end(): void {
    if (this.#bytes === 0) return;
    const elapsed = Math.max(1, this.#context.clock.now() - this.#begun);
    const speed = sizeText((this.#bytes * 1000) / elapsed);
    this.#context.stdout(`Fetched ${sizeText(this.#bytes)}B in ${Math.floor(elapsed / 1000)}s (${speed}B/s)\n`);
  }
}
