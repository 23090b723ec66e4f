import { expect, test } from "vitest";
import { en } from "../../content/locales/en.ts";
import type { Host } from "../../host/host.ts";
import { PracticePage } from "../../host/practice.ts";
import type { OpenResult, PageFrame, ToPage, ToWorker } from "../../host/protocol.ts";
import type { Focus } from "../../state/focus.ts";
import { createHostClient } from "../../state/host-client.ts";
import { type AppStore, createAppStore } from "../../state/store.ts";
import { type Shown, placeShown } from "../../state/story.ts";
import { drawnOf } from "./drawn.ts";
import { sceneAt } from "./scene.ts";

const story = [
  "docker pull alpine:3.20",
  "docker volume create data",
  "docker run --name box -v data:/data alpine:3.20 sh -c 'echo 1 > /new; rm /etc/motd; chmod 600 /etc/hosts; mv /new /old; echo 2 > /data/x'",
  "docker commit box mine:1",
  "docker run --name two mine:1 sh -c 'rm -r /media; mkdir /media; touch /media/a; rm /old'",
  "docker rm box",
  "docker tag mine:1 mine:2",
  "docker rm two",
  "docker rmi mine:1 mine:2",
];

type Recalled = Map<number, Promise<readonly PageFrame[]>>;

/** A page that has just been opened on the host. */
async function pageOn(host: Host, recalled: Recalled): Promise<AppStore> {
  let heard: (event: { readonly data: ToPage }) => void = () => {};
  const answer = (message: ToWorker): unknown => {
    switch (message.type) {
      case "open": {
        const { step, terminals: sessions, history } = host;
        const opened: OpenResult = { state: host.state(null), step, sessions, prompt: "", history, problem: null };
        return opened;
      }
      case "view":
        return host.view(message.target, message.path, message.step, message.columns);
      case "state":
        return host.state(message.step);
      case "recall": {
        const frames = recalled.get(message.entry) ?? host.recall(message.entry);
        recalled.set(message.entry, frames);
        return frames;
      }
      default:
        throw new Error(`nobody asks for ${message.type}`);
    }
  };
  const client = createHostClient({
    postMessage(message) {
      if (!("call" in message)) return;
      void Promise.resolve(answer(message)).then((value) =>
        heard({ data: { type: "answer", call: message.call, value } }),
      );
    },
    addEventListener: (_, listener) => {
      heard = listener;
    },
  });
  const wait = (): Promise<void> => new Promise(() => {});
  const options = { dictionary: en, preferenceStore: null, languages: ["en"], base: "/", wait };
  const store = createAppStore(client, options);
  await store.open({ kind: "own", name: "default" });
  return store;
}

const sceneOf = (moment: Shown) => sceneAt(moment, { width: 1000, height: 460, expanded: false, host: true });

/** Geometry and styles, as the stage draws them. */
function drawn(store: AppStore) {
  const { shown } = store.getState();
  const { shown: picture, held, play, touched } = drawnOf(shown, sceneOf, false);
  return { place: placeShown(shown), step: picture.step, scene: sceneOf(picture), held, play, touched };
}

/** Numbers between 0 and 1, the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test("at 1,000 places in any order the stage is what it would be had one come there at once", {
  timeout: 60_000,
}, async () => {
  const { host } = await told();
  const recalled: Recalled = new Map();
  const page = await pageOn(host, recalled);
  const next = random(7);
  const last = host.step;
  expect(last).toBeGreaterThan(20);
  let [between, moved] = [0, 0];
  for (let seek = 0; seek < 1000; seek++) {
    const exact = next() * last;
    const place = next() < 0.4 ? Math.round(exact) : Math.round(exact * 20) / 20;
    const focus = page.getState().shown.focus;
    // Some go elsewhere before they have arrived, some start to play and stop.
    if (next() < 0.2) void page.goto(next() * last);
    if (next() < 0.1) {
      page.play();
      page.pause();
    }
    await page.goto(place);
    const fresh = await pageOn(host, recalled);
    lookAt(fresh, focus);
    await fresh.goto(place);
    const now = drawn(page);
    expect(now.place).toBeCloseTo(place, 9);
    expect(now).toEqual(drawn(fresh));
    if (now.held) between++;
    if (now.held && now.held.styles.size > 0) moved++;
  }
  expect([between > 400, moved > 300]).toEqual([true, true]);
});

test("a motion that is paused rests where it was, and goes on from there", async () => {
  const { host } = await told();
  const page = await pageOn(host, new Map());
  await page.goto(2);
  const before = page.getState().shown;
  await page.next();
  page.watchMotion(() => ({ before, position: 0.4 }));
  page.pause();
  expect(placeShown(page.getState().shown)).toBeCloseTo(2.4, 9);
  const { held } = drawn(page);
  expect(held?.time).toBeGreaterThan(0);
  page.play();
  expect(drawn(page).play?.from).toEqual({ phase: held?.phase, time: held?.time });
  expect(page.getState()).toMatchObject({ playing: true, shown: { step: 3, manner: "told" } });
});

test("from between two steps the arrows go to the one before and to the one after", async () => {
  const { host } = await told();
  const page = await pageOn(host, new Map());
  await page.goto(4.5);
  await page.previous();
  expect(placeShown(page.getState().shown)).toBe(4);
  await page.goto(4.5);
  await page.next();
  expect(page.getState()).toMatchObject({ playing: false, shown: { step: 5, manner: "told", way: { position: 0.5 } } });
  await page.next();
  expect(page.getState().shown).toMatchObject({ step: 6, manner: "told", way: { position: 0 } });
});

test("another directory is looked at from between two steps, too", async () => {
  const { host } = await told();
  const page = await pageOn(host, new Map());
  await page.goto(11.5);
  const target = page.getState().shown.focus?.target;
  if (!target) throw new Error("nothing is looked at");
  await page.look(target, "/etc/apk");
  const { shown } = page.getState();
  expect([placeShown(shown), shown.view?.path, shown.way?.before.view?.path]).toEqual([11.5, "/etc/apk", "/etc/apk"]);
});

async function told(): Promise<PracticePage> {
  const page = await PracticePage.open();
  for (const line of story) await page.type(line);
  return page;
}

function lookAt(page: AppStore, focus: Focus | null): void {
  page.setState({ shown: { ...page.getState().shown, focus } });
}

test("still frames mark what goes before it goes, and what has come after", async () => {
  const { host } = await told();
  const page = await pageOn(host, new Map());
  const frames = async (place: number) => {
    await page.goto(place);
    const { marks, touched } = drawnOf(page.getState().shown, sceneOf, true);
    return [marks, [...touched].map((part) => part.split(":")[0])];
  };
  let removed = host.step;
  for (; page.getState().shown.event?.type !== "container.remove"; removed--) await page.goto(removed);
  removed = page.getState().shown.step;
  expect(await frames(removed - 0.75)).toEqual(["before", ["container"]]);
  expect(await frames(removed - 0.25)).toEqual(["after", []]);
  expect(await frames(removed)).toEqual([undefined, []]);
  await page.goto(removed - 1);
  await page.next();
  expect(drawnOf(page.getState().shown, sceneOf, true)).toMatchObject({ marks: "before", next: { marks: "after" } });
});
