import { Download } from "lucide-react";
import { useAppStore, useText } from "../context.ts";

/** An empty host is an invitation: one line, and one button that types the first command. */
export function EmptyHost() {
  const store = useAppStore();
  const text = useText();
  return (
    <div className="empty">
      <svg className="empty-picture" viewBox="0 0 360 150" aria-hidden>
        <rect className="empty-merged" x="30" y="6" width="300" height="26" rx="7" />
        <rect className="empty-amber" x="30" y="44" width="300" height="26" rx="7" />
        <rect className="empty-layer" x="30" y="82" width="300" height="26" rx="7" />
        <rect className="empty-layer" x="30" y="118" width="300" height="26" rx="7" />
      </svg>
      <h2>{text.start.title}</h2>
      <p>{text.start.text}</p>
      <button
        type="button"
        className="button-main empty-button"
        onClick={() => void store.runCommand("docker pull ubuntu:22.04", "host")}
      >
        <Download size={15} aria-hidden />
        {text.start.pull}
      </button>
      <code className="empty-command">docker pull ubuntu:22.04</code>
    </div>
  );
}
