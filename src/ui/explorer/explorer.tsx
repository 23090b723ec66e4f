import { Maximize2, PanelRight, X } from "lucide-react";
import { type KeyboardEvent, Suspense, lazy, useState } from "react";
import { late } from "../components/late.tsx";
import { useApp, useText } from "../context.ts";
import { DiskCard } from "./disk.tsx";
import { Files } from "./files.tsx";
import { ExplorerOpening, type Opening } from "./opening.ts";

const Layers = late(async () => (await import("./layers.tsx")).Layers);
const Ledger = lazy(() => import("./ledger.tsx"));
const Inspect = lazy(() => import("./inspect.tsx"));
const XRay = lazy(() => import("./xray.tsx"));
const ExplorerSheet = lazy(() => import("./sheet/sheet.tsx"));

type Tab = "ledger" | "files" | "layers" | "inspect";
/** What is in one stack, or what there is on the whole host. */
const TABS = {
  stack: ["files", "layers", "inspect"],
  host: ["ledger", "files", "layers", "inspect"],
} as const satisfies Record<string, readonly Tab[]>;

/** Lists beside the picture: the same things in words and figures. On a phone, a sheet that is called up. */
export function Explorer() {
  const text = useText();
  const view = useApp((state) => (state.pageView === "host" ? "host" : "stack"));
  const [chosen, setChosen] = useState<Record<keyof typeof TABS, Tab>>({ stack: "files", host: "ledger" });
  const tabs: readonly Tab[] = TABS[view];
  const tab = chosen[view];
  const setTab = (next: Tab): void => setChosen({ ...chosen, [view]: next });
  const [called, setCalled] = useState(false);
  const [opening, setOpening] = useState<Opening | null>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length] ?? tab;
    setTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <ExplorerOpening value={setOpening}>
      <button type="button" className="explorer-call" aria-expanded={called} onClick={() => setCalled(!called)}>
        {called ? <X size={15} aria-hidden /> : <PanelRight size={15} aria-hidden />}
        <span className="visually-hidden">{called ? text.app.close : text.panel.name}</span>
      </button>
      <aside className="explorer" aria-label={text.panel.name} data-called={called}>
        <div className="explorer-head">
          <div className="tabs" role="tablist" aria-label={text.panel.name} onKeyDown={onKeyDown}>
            {tabs.map((one) => (
              <button
                key={one}
                type="button"
                role="tab"
                id={`tab-${one}`}
                aria-selected={tab === one}
                aria-controls="explorer-body"
                tabIndex={tab === one ? 0 : -1}
                onClick={() => setTab(one)}
              >
                {one === "ledger" ? text.sharing.ledger : text.panel[one]}
              </button>
            ))}
          </div>
          <button
            type="button"
            className="icon-button explorer-open"
            aria-label={text.insight.open}
            title={text.insight.open}
            onClick={() => setOpening({ view: "tree" })}
          >
            <Maximize2 size={14} aria-hidden />
          </button>
        </div>
        <div className="explorer-body" id="explorer-body" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
          {tab === "ledger" && (
            <Suspense fallback={null}>
              <Ledger />
            </Suspense>
          )}
          {tab === "files" && <Files />}
          {tab === "layers" && <Layers />}
          {tab === "inspect" && (
            <Suspense fallback={null}>
              <Inspect />
            </Suspense>
          )}
        </div>
        <div className="explorer-foot">
          {tab === "files" && (
            <Suspense fallback={null}>
              <XRay />
            </Suspense>
          )}
          {tab !== "ledger" && <DiskCard />}
        </div>
      </aside>
      {opening && (
        <Suspense fallback={null}>
          <ExplorerSheet opening={opening} close={() => setOpening(null)} />
        </Suspense>
      )}
    </ExplorerOpening>
  );
}
