import { type Draft, emptyDraft } from "../../host/draft.ts";
import { scenarioHost } from "../../host/host-names.ts";
import type { AppStore } from "../../state/store.ts";
import { buildAddress, newId } from "./address.ts";

/**
 * Makes a scenario of what the page shows: a copy of the host, and where the visitor looks is where it begins. The
 * page goes on in the builder.
 */
export async function makeFromHost(app: AppStore): Promise<void> {
  const id = newId();
  const { history, shown, step, scene } = app.getState();
  const begun = shown.step < step ? history.entries.findLast(({ to }) => to <= Math.floor(shown.step)) : undefined;
  await app.client.keep(scenarioHost(id));
  const draft: Draft = {
    ...emptyDraft,
    ...(scene.title && { title: scene.title }),
    ...(begun && { start: begun.index }),
    ...(scene.lesson && { goals: scene.lesson.goals }),
  };
  await app.client.drafts("save", { id, from: 0, draft });
  location.assign(buildAddress(id));
}
