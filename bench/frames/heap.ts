import type { Browser, CDPSession } from "@playwright/test";

/** Heap of a page and of its worker after a full collection, MB. */
export interface Heap {
  readonly page: number;
  readonly worker: number;
}

const mb = (bytes: number): number => Math.round(bytes / 10_000) / 100;

/** Asks the page and its worker by the DevTools protocol; each target has a session of its own. */
export async function heapOf(browser: Browser): Promise<() => Promise<Heap>> {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send("Target.getTargets");
  const find = (type: string): string => {
    const target = targetInfos.find((one) => one.type === type && !one.url.startsWith("about:"));
    if (!target) throw new Error(`no target of type ${type}`);
    return target.targetId;
  };
  const page = await attach(session, find("page"));
  const worker = await attach(session, find("worker"));
  const measure = async (send: Send): Promise<number> => {
    // What the first collection lets go of may hold more.
    for (let round = 0; round < 3; round++) await send("HeapProfiler.collectGarbage");
    return mb((await send("Runtime.getHeapUsage"))["usedSize"] as number);
  };
  return async () => ({ page: await measure(page), worker: await measure(worker) });
}

type Send = (method: string) => Promise<Record<string, unknown>>;

async function attach(session: CDPSession, targetId: string): Promise<Send> {
  const { sessionId } = await session.send("Target.attachToTarget", { targetId, flatten: false });
  const waiting = new Map<number, (result: Record<string, unknown>) => void>();
  let last = 0;
  session.on("Target.receivedMessageFromTarget", ({ sessionId: from, message }) => {
    if (from !== sessionId) return;
    const { id, result = {} } = JSON.parse(message) as { id?: number; result?: Record<string, unknown> };
    if (id !== undefined) waiting.get(id)?.(result);
  });
  return (method) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, resolve);
      session
        .send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id: last, method }) })
        .catch(reject);
    });
}
