import fc from "fast-check";
import { expect, test } from "vitest";
import { InodeTable } from "./inode-table.ts";

const ino = fc.oneof(fc.nat(40), fc.nat(2100), fc.nat(2 ** 30 - 1));
const step = fc.tuple(ino, fc.boolean());

test("a table holds what a map holds, and every earlier table stays as it was", () => {
  fc.assert(
    fc.property(fc.array(fc.object(), { maxLength: 70 }), fc.array(step, { maxLength: 40 }), (first, steps) => {
      let table = InodeTable.from(first);
      let map = new Map<number, object>(first.entries());
      const moments = [{ table, map }];
      for (const [at, isSet] of steps) {
        const value = isSet ? {} : undefined;
        table = table.set(at, value);
        map = new Map(map);
        if (value) map.set(at, value);
        else map.delete(at);
        moments.push({ table, map });
      }
      const asked = [...first.keys(), ...steps.map(([at]) => at), 0, 31, 32, 1023, 1024, 2 ** 30 - 1];
      for (const moment of moments) {
        expect(moment.table.size).toBe(moment.map.size);
        for (const at of asked) expect(moment.table.get(at)).toBe(moment.map.get(at));
        const differ = asked.filter((at) => moment.map.get(at) !== map.get(at));
        const ascending = [...new Set(differ)].sort((a, b) => a - b);
        expect(moment.table.differences(table)).toEqual(ascending);
        expect(table.differences(moment.table)).toEqual(ascending);
      }
    }),
  );
});
