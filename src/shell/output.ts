import type { ProcessOutput } from "../engine/ports.ts";
import type { Sink } from "./machine.ts";

/**
 * A process's output as text. Bytes that are no UTF-8 become U+FFFD; for a terminal the control bytes
 * that it ignores or rings with are left out, so that a binary file does no harm to it.
 */
export function textSink(output: () => ProcessOutput, tty: boolean): Sink & { flush(): void } {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const send = (stream: "stdout" | "stderr", bytes: Uint8Array) => {
    const text = decoders[stream].decode(bytes, { stream: true });
    const shown = tty ? visible(text) : text;
    if (shown !== "") output()[stream](shown);
  };
  return {
    stdout: (bytes) => send("stdout", bytes),
    stderr: (bytes) => send("stderr", bytes),
    flush: () => {
      for (const stream of ["stdout", "stderr"] as const) {
        const rest = decoders[stream].decode();
        if (rest !== "") output()[stream](rest);
      }
    },
  };
}

// oxlint-disable-next-line no-control-regex
const visible = (text: string): string => text.replace(/[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]/g, "");
