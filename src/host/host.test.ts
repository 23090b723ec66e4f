import { describe, expect, it } from "vitest";
import { PracticePage } from "./practice.ts";

describe("a host", () => {
  it("opens a shell", async () => {
    const page = await PracticePage.open();
    await page.type("docker pull ubuntu:22.04");
    const opened = await page.type("docker run -it --name web ubuntu:22.04 bash");
    expect(opened).toMatchObject({ exitCode: 0, terminal: "session-1" });
    expect(await page.says("echo hi")).toBe("hi\n");
  });
});
