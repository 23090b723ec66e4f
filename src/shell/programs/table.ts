import { packageManagers } from "../packages/index.ts";
import { attributes } from "./attributes.ts";
import { files } from "./files.ts";
import { find } from "./find.ts";
import { listing } from "./listing.ts";
import { identity } from "./users.ts";
import { shells } from "./shells.ts";
import { storage } from "./storage.ts";
import { system } from "./system.ts";
import { editors } from "./editors.ts";
import { text } from "./text.ts";
import { time } from "./time.ts";
import { network } from "./network.ts";
import { services } from "./services.ts";
import { archives } from "./archives.ts";
import { environment } from "./environment.ts";
import { asProgram } from "./program.ts";
import type { Program } from "./program.ts";

let table: ReadonlyMap<string, Program> | null = null;

/** Every program of Lamina's own by name; just-bash's own come after these. */
export function programs(): ReadonlyMap<string, Program> {
  table ??= new Map(
    [
      ...files,
      find,
      ...attributes,
      ...storage,
      ...listing,
      ...identity,
      ...shells,
      ...system,
      ...editors,
      ...text,
      ...time,
      ...network,
      ...services,
      ...archives,
      ...environment,
      ...packageManagers.map(asProgram),
    ].flatMap((program) => program.names.map((name) => [name, program] as const)),
  );
  return table;
}
