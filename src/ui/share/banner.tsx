import { useState } from "react";
import { inLanguage } from "../../host/scenario.ts";
import { late } from "../components/late.tsx";
import { useApp, useAppStore, useText } from "../context.ts";
import { leave, openOwnHost } from "./leave.ts";
import { openedAllTheSame, problemWords } from "./link-problem.ts";

const NameDialog = late(async () => (await import("./name-dialog.tsx")).NameDialog);

/** Says that this is somebody else's scene, or that a link is broken; promise 7 in words. */
export function SceneBanner() {
  const store = useAppStore();
  const text = useText();
  const { problem, replaying, ...scene } = useApp((state) => state.scene);
  const locale = useApp((state) => state.preferences.locale);
  const title = inLanguage(scene.title, locale);
  const [keeping, setKeeping] = useState(false);
  const broken = problem !== null && !openedAllTheSame(problem);
  return (
    <div
      className="banner"
      data-problem={problem?.reason}
      role="region"
      aria-label={broken ? text.scene.broken : text.scene.banner}
    >
      <p role={problem ? "alert" : undefined}>
        {broken ? <strong>{text.scene.broken}. </strong> : title ? <strong>{title} · </strong> : null}
        {replaying && replaying.of > 0 ? text.scene.replaying(replaying.done + 1, replaying.of) : null}
        {!replaying && !broken && text.scene.banner}
        {problem && ` ${problemWords(text, problem)}`}
      </p>
      {!broken && !replaying && (
        <button type="button" className="button" onClick={() => setKeeping(true)}>
          {text.scene.keep}
        </button>
      )}
      <button type="button" className="button" onClick={leave}>
        {text.scene.back}
      </button>
      {keeping && (
        <NameDialog
          title={text.scene.keepTitle}
          words={text.scene.keepText}
          action={text.scene.keep}
          proposal={title.slice(0, 60) || text.scene.keepProposal}
          close={() => setKeeping(false)}
          take={async (name) => openOwnHost(store, await store.client.keep(name))}
        />
      )}
    </div>
  );
}
