import { expect, test } from "vitest";
import { bytes } from "../../content/locales/phrase.ts";
import { kernelFile, machineDisk, machineRelease, machineSize } from "./figures.ts";

test("the parts of the machine's disk are what apt says of the whole", () => {
  expect(bytes(machineSize)).toBe("818 MB");
});

test("the kernel in memory and the one on the disk are of one package", () => {
  const disk = machineDisk.find(({ name }) => name === "kernel");
  expect(kernelFile.source).toContain(disk?.source);
  expect(disk?.source).toContain(machineRelease);
  expect(kernelFile.size).toBeLessThan(disk?.size ?? 0);
});
