import { Maximize2, PanelRight, X } from "lucide-react";
import { type KeyboardEvent, Suspense, lazy, useState } from "react";
import { late } from "../components/late.tsx";
import { useText } from "../context.ts";
import { DiskLedger } from "./disk.tsx";
import { Files } from "./files.tsx";
import { ExplorerOpening, type Opening } from "./opening.ts";

const Layers = late(async () => (await import("./layers.tsx")).Layers);
const Inspect = lazy(() => import("./inspect.tsx"));
const XRay = lazy(() => import("./xray.tsx"));
const ExplorerSheet = lazy(() => import("./sheet/sheet.tsx"));

const TABS = ["files", "layers", "inspect"] as const;
type Tab = (typeof TABS)[number];

/** Lists beside the picture: the same things in words and figures. On a phone, a sheet that is called up. */
export function Explorer() {
  const text = useText();
  const [tab, setTab] = useState<Tab>("files");
  const [called, setCalled] = useState(false);
  const [opening, setOpening] = useState<Opening | null>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length] ?? tab;
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
            {TABS.map((one) => (
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
                {text.panel[one]}
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
          <DiskLedger />
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
