import { describe, expect, test } from "vitest";
import {
  familiar,
  familiarName,
  identifierOf,
  normalized,
  parseReference,
  repositoryOf,
  withDefaultTag,
} from "./reference.ts";

const digest = `sha256:${"ab".repeat(32)}`;

describe("names as docker normalises them", () => {
  test.each([
    ["ubuntu", "docker.io/library/ubuntu:latest", "ubuntu"],
    ["ubuntu:22.04", "docker.io/library/ubuntu:22.04", "ubuntu:22.04"],
    ["me/app", "docker.io/me/app:latest", "me/app"],
    ["library/alpine:3.20", "docker.io/library/alpine:3.20", "alpine:3.20"],
    ["docker.io/alpine", "docker.io/library/alpine:latest", "alpine"],
    ["index.docker.io/alpine", "docker.io/library/alpine:latest", "alpine"],
    ["docker.io/library/a/b", "docker.io/library/a/b:latest", "library/a/b"],
    ["localhost/x", "localhost/x:latest", "localhost/x"],
    ["127.0.0.1:5000/me/app:1", "127.0.0.1:5000/me/app:1", "127.0.0.1:5000/me/app:1"],
    ["[::1]:5000/x", "[::1]:5000/x:latest", "[::1]:5000/x"],
    ["ghcr.io/a/b-c__d.e", "ghcr.io/a/b-c__d.e:latest", "ghcr.io/a/b-c__d.e"],
    [`alpine@${digest}`, `docker.io/library/alpine@${digest}`, `alpine@${digest}`],
    [`alpine:3@${digest}`, `docker.io/library/alpine@${digest}`, `alpine:3@${digest}`],
    ["UPPER.example/x", "UPPER.example/x:latest", "UPPER.example/x"],
  ])("%s", (text, key, printed) => {
    const reference = parseReference(text);
    expect(normalized(reference)).toBe(key);
    expect(familiar(reference)).toBe(printed);
    expect(normalized(parseReference(key))).toBe(key);
  });
});

describe("docker's errors", () => {
  test.each([
    ["BadName", "invalid reference format: repository name (library/BadName) must be lowercase"],
    ["Bad/Name", "invalid reference format: repository name (Name) must be lowercase"],
    ["Bad:x", "invalid reference format: repository name (library/Bad) must be lowercase"],
    ["", "invalid reference format"],
    [":x", "invalid reference format"],
    ["a:", "invalid reference format"],
    ["a b", "invalid reference format"],
    ["a//b", "invalid reference format"],
    ["-a", "invalid reference format"],
    ["a/", "invalid reference format"],
    [`a:${"t".repeat(129)}`, "invalid reference format"],
    ["a@sha256:abc", "invalid reference format"],
    [`a@sha256:${"a".repeat(40)}`, "invalid checksum digest length"],
    [`a@sha256:${"A".repeat(64)}`, "invalid checksum digest format"],
    [`a@md5:${"a".repeat(32)}`, "unsupported digest algorithm"],
    ["a".repeat(256), "repository name must not be more than 255 characters"],
    ["ab".repeat(32), `invalid repository name (${"ab".repeat(32)}), cannot specify 64-byte hexadecimal strings`],
  ])("%s", (text, message) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ message }));
  });
});

test("a whole id is no name", () => {
  expect(identifierOf("ab".repeat(32))).toBe(digest);
  expect(identifierOf(digest)).toBe(digest);
  expect(identifierOf("ab".repeat(6))).toBeNull();
});

test("parts", () => {
  const reference = parseReference("nginx");
  expect([familiarName(reference), repositoryOf(reference)]).toEqual(["nginx", "docker.io/library/nginx"]);
  expect(withDefaultTag(reference).tag).toBe("latest");
  expect(withDefaultTag(parseReference(`nginx@${digest}`)).tag).toBeNull();
});
