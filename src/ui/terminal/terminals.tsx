import type { TerminalId } from "../../host/protocol.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { hubOf } from "./hub.ts";
import { TerminalPane } from "./pane.tsx";
import { visible } from "./width.ts";

/** The host's terminal, and beside it the sessions in containers; on a phone one of them at a time. */
export function Terminals() {
  const store = useAppStore();
  const hub = hubOf(store);
  const text = useText();
  const sessions = useApp((state) => state.sessions);
  const active = useApp((state) => state.activeTerminal);
  const newest = sessions.findLast((session) => session.open) ?? sessions.at(-1);
  const besideHost = sessions.some((session) => session.terminal === active) ? active : newest?.terminal;
  const tabs: readonly { readonly id: TerminalId; readonly name: string; readonly open: boolean }[] = [
    { id: "host", name: text.terminal.host, open: true },
    ...sessions.map((session) => ({ id: session.terminal, name: session.containerName, open: session.open })),
  ];
  return (
    <section className="consoles" id="terminals" aria-label={text.terminal.name} data-sessions={sessions.length}>
      {sessions.length > 0 && (
        <div className="console-tabs" role="group" aria-label={text.terminal.name}>
          {tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              className="console-tab"
              data-kind={tab.id === "host" ? "host" : "container"}
              data-open={tab.open}
              aria-pressed={active === tab.id}
              onClick={() => store.activate(tab.id)}
            >
              {tab.id === "host" ? text.terminal.host : `${text.terminal.container} ${tab.name}`}
            </button>
          ))}
        </div>
      )}
      <Printed />
      <TerminalPane
        controller={hub.terminal("host")}
        active={active === "host"}
        shown
        title={text.terminal.host}
        detail="docker"
        open
      />
      {sessions.map((session) => (
        <TerminalPane
          key={session.terminal}
          controller={hub.terminal(session.terminal)}
          active={active === session.terminal}
          shown={besideHost === session.terminal}
          title={`${text.terminal.container} ${session.containerName}`}
          detail={session.image}
          open={session.open}
        />
      ))}
    </section>
  );
}

/** What the newest command printed, or the end of it, for who cannot see the screen. */
function Printed() {
  const text = useText();
  const runs = useApp((state) => state.runs);
  const newest = runs.at(-1);
  return (
    <div className="visually-hidden" role="log" aria-label={text.terminal.printed}>
      {/* The same words once more are said once more. */}
      {newest && <p key={runs.length}>{visible(newest.output)}</p>}
    </div>
  );
}
