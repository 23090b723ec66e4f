import { CornerDownLeft } from "lucide-react";
import { useContext } from "react";
import { LookOnlyContext, useApp, useAppStore, useText } from "../context.ts";
import type { Distribution } from "./subject.ts";

/** What to do while nothing is here. */
export function Pull() {
  const store = useAppStore();
  const text = useText();
  const busy = useApp((state) => state.busy.includes("host"));
  const lookOnly = useContext(LookOnlyContext);
  const line = "docker pull ubuntu:22.04";
  if (lookOnly) return <span>{text.start.title}</span>;
  return (
    <>
      <span>{text.boot.pull}</span>
      <button
        type="button"
        className="button-main"
        title={line}
        disabled={busy}
        onClick={() => void store.runCommand(line, "host")}
      >
        <CornerDownLeft size={14} aria-hidden />
        {text.boot.pullButton}
      </button>
    </>
  );
}

/** The question, and the answer once a terminal has given it. */
export function Ask({ distribution }: { distribution: Distribution }) {
  const store = useAppStore();
  const text = useText();
  const busy = useApp((state) => state.busy.includes("host"));
  const lookOnly = useContext(LookOnlyContext);
  const { reference, answer, command } = distribution;
  return (
    <>
      <button
        type="button"
        className="boot-question mono"
        aria-label={text.boot.askOf(reference)}
        title={command}
        disabled={busy || lookOnly}
        onClick={() => void store.runCommand(command, "host")}
      >
        <span>uname -r</span>
        <CornerDownLeft size={13} aria-hidden />
      </button>
      {answer === null ? (
        <span className="boot-what mono">{reference}</span>
      ) : (
        <>
          <span className="boot-answer mono">{answer}</span>
          <span className="boot-what mono">{reference}</span>
        </>
      )}
    </>
  );
}
