import { useApp, useText } from "./context.ts";
import { OwnHosts } from "./share/own-hosts.tsx";

/** Stands for the page when its host could not be opened: why, and what else there is. */
export function Failed() {
  const text = useText();
  const problem = useApp((state) => state.problem);
  return (
    <main className="opening">
      <h1>{text.app.failed}</h1>
      <p role="alert">{problem}</p>
      <p>
        <button type="button" onClick={() => location.reload()}>
          {text.app.reload}
        </button>
      </p>
      <p>{text.app.failedHelp}</p>
      <OwnHosts />
    </main>
  );
}
