import { describe, expect, test } from "vitest";
import { type Embedding, embeddingText, plainEmbedding, readEmbedding } from "./embedding.ts";

const read: [string, Partial<Embedding>][] = [
  ["", {}],
  ["#", {}],
  ["#2abc", {}],
  ["#2abc&terminal=read", { terminal: "read" }],
  ["#2abc&terminal=write&step=3", { terminal: "write" }],
  ["#2abc&terminal=1", {}],
  ["#2abc&terminal=WRITE", {}],
  ["#2abc&controls=no&theme=dark", { controls: false, theme: "dark" }],
  ["#2abc&controls=0&theme=pink", {}],
  ["#2abc&origin=https%3A%2F%2Fblog.example", { origin: "https://blog.example" }],
  ["#2abc&origin=http://127.0.0.1:4000", { origin: "http://127.0.0.1:4000" }],
  // Whatever is not one origin, spelled as `event.origin` spells it, is nobody's.
  ["#2abc&origin=*", {}],
  ["#2abc&origin=null", {}],
  ["#2abc&origin=https://blog.example/", {}],
  ["#2abc&origin=https://blog.example/path", {}],
  ["#2abc&origin=https://*.example", {}],
  ["#2abc&origin=https://BLOG.example", {}],
  ["#2abc&origin=file://", {}],
  ["#2abc&origin=data:text/html,x", {}],
  ["#2abc&origin=blog.example", {}],
];

describe("an embed's address", () => {
  test.each(read)("%s", (fragment, expected) => {
    expect(readEmbedding(fragment)).toEqual({ ...plainEmbedding, ...expected });
  });

  test.each(read)("what is written for %s reads the same", (fragment) => {
    const embedding = readEmbedding(fragment);
    expect(readEmbedding(`#2abc${embeddingText(embedding)}`)).toEqual(embedding);
  });

  test("nothing is written for what holds anyway", () => {
    expect(embeddingText(plainEmbedding)).toBe("");
  });
});
