import type { Lesson } from "../../content/lessons/lesson.ts";
import { type Draft, emptyDraft } from "../../host/draft.ts";
import { scenarioHost } from "../../host/host-names.ts";
import type { AppStore } from "../../state/store.ts";
import { buildAddress, newId } from "./address.ts";

/**
 * Makes a scenario of what the page shows: a copy of the host, and where one looks is where it begins. Somebody else's
 * scenario brings its words and goals along. The page goes on in the builder.
 */
export async function makeFromHost(app: AppStore): Promise<void> {
  const id = newId();
  const { scene } = app.getState();
  await app.client.keep(scenarioHost(id));
  const draft: Draft = {
    ...emptyDraft,
    ...(scene.title && { title: scene.title }),
    start: startOf(app),
    ...(scene.lesson && { goals: scene.lesson.goals, texts: textsOf(scene.lesson) }),
  };
  await app.client.drafts("save", { id, from: 0, draft });
  location.assign(buildAddress(id));
}

/** The entry that is shown; of somebody else's scenario the last one that was there before anything was typed. */
function startOf(app: AppStore): number {
  const { history, shown, step, scene, typed } = app.getState();
  if (scene.lesson) {
    const standing = history.entries.findIndex(({ index }) => index === history.head);
    return history.entries[standing - typed.length]?.index ?? emptyDraft.start;
  }
  if (shown.step >= step) return emptyDraft.start;
  return history.entries.findLast(({ to }) => to <= Math.floor(shown.step))?.index ?? emptyDraft.start;
}

function textsOf({ texts = {} }: Lesson): Draft["texts"] {
  return Object.fromEntries(
    Object.entries(texts).map(([tag, { parts, task, hints, remember, notes }]) => {
      const text = parts.map((part) => (part.kind === "text" ? part.markdown : "")).join("\n\n");
      return [tag, { text, task, hints: hints.join("\n"), remember: remember.join("\n"), notes }];
    }),
  );
}
