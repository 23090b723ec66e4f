import type { HostState } from "../../engine/host-state.ts";
import type { StackTarget } from "../../engine/stack-view.ts";
import type { Opening } from "../../host/opening.ts";
import type { AppStore } from "../../state/store.ts";

/** Shows the scene that has opened as its link asks for, or its author; what is not there is left out. */
export async function openAt(store: AppStore, opening: Opening): Promise<void> {
  const { view, of, path } = opening;
  if (view) store.setPageView(view);
  const step = opening.step ?? startOf(store);
  if (step < store.getState().step) {
    store.pause();
    await store.goto(step);
  }
  const { host, focus } = store.getState().shown;
  const target = (of && stackNamed(host, of)) || focus?.target;
  if (!target || (!of && !path)) return;
  const slash = path?.lastIndexOf("/") ?? 0;
  await store.look(target, path?.slice(0, slash) || "/");
  store.selectEntry(path?.slice(slash + 1) || null);
}

/** The step behind what its author says has happened when it opens. */
function startOf(store: AppStore): number {
  const { scene, history, step } = store.getState();
  if (scene.start === undefined) return step;
  return scene.start === 0 ? 0 : (history.entries[scene.start - 1]?.to ?? step);
}

function stackNamed({ containers, images }: HostState, name: string): StackTarget | null {
  const container = containers.findLast((one) => one.name === name);
  if (container) return { kind: "container", id: container.id };
  const image = images.find(({ refs }) => refs.includes(name) || refs.includes(`${name}:latest`));
  return image ? { kind: "image", id: image.id } : null;
}

/** How the page stands now, for a link that opens so. */
export function openingNow(store: AppStore): Opening {
  const { shown, step, pageView, selectedEntry, preferences } = store.getState();
  const { focus, host } = shown;
  const of =
    focus?.target.kind === "container"
      ? host.containers.find(({ id }) => id === focus.target.id)?.name
      : host.images.find(({ id }) => id === focus?.target.id)?.refs[0];
  const directory = focus?.path === "/" ? "" : (focus?.path ?? "");
  return {
    step: Math.min(Math.floor(shown.step), step),
    view: pageView,
    ...(of && { of }),
    path: `${directory}/${selectedEntry ?? ""}`,
    lang: preferences.locale,
  };
}
