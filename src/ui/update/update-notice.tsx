import { X } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { useApp } from "../context.ts";
import { useLearn } from "../lessons/context.ts";
import { offline, openUpdate } from "./offline.ts";
import "./update.css";

/** One line that says so; it covers nothing that is worked with, moves nothing, and can be sent away. */
export function UpdateNotice() {
  const words = useLearn()?.offline;
  const waiting = useStore(offline, (state) => state.waiting);
  const idle = useApp((state) => state.busy.length === 0 && state.editor === null);
  const [away, setAway] = useState<ServiceWorker | null>(null);
  const [others, setOthers] = useState(false);
  if (!waiting || !words || away === waiting) return null;
  return (
    <div className="update" role="status">
      <p>{others ? words.others : words.update}</p>
      <button
        type="button"
        className="button"
        disabled={!idle}
        title={idle ? undefined : words.busy}
        onClick={() => void openUpdate(waiting).then((opens) => setOthers(!opens))}
      >
        {words.now}
      </button>
      <button type="button" className="icon-button" aria-label={words.later} onClick={() => setAway(waiting)}>
        <X size={14} aria-hidden />
      </button>
    </div>
  );
}
