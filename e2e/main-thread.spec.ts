import { expect, test } from "./support/test.ts";

/** A figure, not a verdict: how long a task takes depends on the machine. It is printed, and kept with the results. */
test("the main thread's longest tasks", async ({ host }, info) => {
  await host.page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { longTasks: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.push(Math.round(entry.duration));
    }).observe({ type: "longtask", buffered: true });
  });
  const since = (): Promise<number[]> =>
    host.page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks.splice(0));
  const figures: Record<string, readonly number[]> = { "opening the page": await since() };
  for (const line of [
    "docker pull nginx",
    "docker run -it --name web ubuntu:22.04 bash",
    "apt-get update",
    "apt-get install -y vim",
    "exit",
    "docker diff web",
    "docker commit web my/vim",
  ]) {
    expect(await host.run(line)).toMatchObject({ exitCode: 0 });
    figures[line] = await since();
  }
  const text = Object.entries(figures).map(
    ([what, tasks]) =>
      `${what}: ${tasks.length === 0 ? "none over 50 ms" : `${tasks.toSorted((a, b) => b - a).join(", ")} ms`}`,
  );
  console.log(text.join("\n"));
  info.annotations.push({ type: "main thread", description: text.join("; ") });
});
