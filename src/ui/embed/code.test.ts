import { expect, test } from "vitest";
import { readOpening } from "../../host/opening.ts";
import { type EmbedChoice, elementCode, embedAddress, frameCode } from "./code.ts";
import { plainEmbedding, readEmbedding } from "./embedding.ts";

const BASE = "https://lamina.example/play/";

const plain: EmbedChoice = { link: "2abc", opening: {}, embedding: plainEmbedding, height: 460, title: "A scene" };

const full: EmbedChoice = {
  link: "2abc",
  opening: { step: 4, view: "host", of: "web", path: "/etc/my file", lang: "zh-CN" },
  embedding: { terminal: "write", controls: false, theme: "dark", origin: "https://blog.example" },
  height: 600,
  title: `"><script>alert(1)</script> & more`,
};

test("an address says what is not as usual, and is read as it was meant", () => {
  expect(embedAddress(BASE, plain)).toBe(`${BASE}embed.html#2abc`);
  const { hash } = new URL(embedAddress(BASE, full));
  expect(readOpening(hash)).toEqual(full.opening);
  expect(readEmbedding(hash)).toEqual(full.embedding);
});

test("a frame has a name, comes late, and may do no more than it must", () => {
  expect(frameCode(BASE, plain)).toBe(`<iframe
  src="https://lamina.example/play/embed.html#2abc"
  title="A scene"
  loading="lazy"
  sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
  style="display:block;width:100%;height:460px;border:0;border-radius:10px"
></iframe>`);
});

test("an element says the same in attributes, and its origin by itself", () => {
  expect(
    elementCode(BASE, plain),
  ).toBe(`<script type="module" src="https://lamina.example/play/lamina-scene.js"></script>
<lamina-scene
  src="#2abc"
  title="A scene"
></lamina-scene>`);
  expect(elementCode(BASE, full)).toContain(`
  src="#2abc"
  step="4"
  view="host"
  of="web"
  path="/etc/my file"
  lang="zh-CN"
  terminal="write"
  controls="no"
  theme="dark"
`);
  expect(elementCode(BASE, full)).not.toContain("origin");
});

test("a title stays a title", () => {
  for (const code of [frameCode(BASE, full), elementCode(BASE, full)]) {
    expect(code).toContain('title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"');
    expect(code).not.toContain("<script>");
  }
});
