import { useState } from "react";
import { late } from "../components/late.tsx";
import { useApp, useAppStore, useText } from "../context.ts";
import { leave, openOwnHost } from "./leave.ts";

const NameDialog = late(async () => (await import("./name-dialog.tsx")).NameDialog);

/** Says that this is somebody else's scene, or that a link is broken; promise 7 in words. */
export function SceneBanner() {
  const store = useAppStore();
  const text = useText();
  const problem = useApp((state) => state.linkProblem);
  const [keeping, setKeeping] = useState(false);
  return (
    <div className="banner" role="region" aria-label={problem ? text.scene.broken : text.scene.banner}>
      <p role={problem ? "alert" : undefined}>
        {problem ? (
          <>
            <strong>{problem === "catalogue" ? text.scene.banner : `${text.scene.broken}. `}</strong>
            {text.scene.problems[problem]}
          </>
        ) : (
          text.scene.banner
        )}
      </p>
      {(!problem || problem === "catalogue") && (
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
          proposal={text.scene.keepProposal}
          close={() => setKeeping(false)}
          take={async (name) => openOwnHost(store, await store.client.keep(name))}
        />
      )}
    </div>
  );
}
