import { ExternalLink } from "lucide-react";
import { useEffect, useState } from "react";
import { type Opening, openingText } from "../../host/opening.ts";
import { PAGE_VIEWS } from "../../state/store.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { Logo } from "../header/logo.tsx";
import { useLearn } from "../lessons/context.ts";

/** What the scene is called, the views, and the way to the whole page. */
export function Head({ title, opening }: { title: string; opening: Opening }) {
  const store = useAppStore();
  const text = useText();
  const words = useLearn()?.embed;
  const view = useApp((state) => state.pageView);
  const address = useWholePage(opening);
  return (
    <header className="header embed-head">
      <h1 className="brand">
        <Logo />
        <span>{title || "Lamina"}</span>
      </h1>
      <span className="spacer" />
      <div className="switch" role="group" aria-label={text.app.views}>
        {PAGE_VIEWS.map((one) => (
          <button key={one} type="button" aria-pressed={view === one} onClick={() => store.setPageView(one)}>
            {text.app[one]}
          </button>
        ))}
      </div>
      {words && (
        <a className="icon-button" href={address} target="_blank" rel="noopener" title={words.open}>
          <ExternalLink size={16} aria-hidden />
          <span className="visually-hidden">{words.open}</span>
        </a>
      )}
    </header>
  );
}

/** The address of this scene as a page of its own, with what the visitor has done in it. */
function useWholePage(opening: Opening): string {
  const store = useAppStore();
  const step = useApp((state) => (state.phase === "ready" ? state.step : null));
  const [fragment, setFragment] = useState("");
  useEffect(() => {
    if (step === null) return;
    let gone = false;
    store.client.link().then(
      (link) => !gone && setFragment(link.fragment),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [store, step]);
  return `./#${fragment}${openingText(opening)}`;
}
