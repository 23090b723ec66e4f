import type { HistoryEntry, ImageConfig, ImageRunConfig } from "../../core/oci/config.ts";
import { imageId } from "../../core/oci/config.ts";
import type { ChainId } from "../../core/oci/digest.ts";
import { FileTree } from "../../core/filesystem/tree.ts";
import { EngineError } from "../error.ts";
import type { ContainerId } from "../event.ts";
import { frozenLayer } from "../frozen-layer.ts";
import type { Ports } from "../ports.ts";
import { DEFAULT_PATH, variable, withVariables } from "../process.ts";
import type { BuildRecord, Container } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { withContainer, withEntry, withLayer } from "../update.ts";
import { expandWord } from "../words.ts";
import type { Base } from "./base.ts";
import { BuildError } from "./build-error.ts";
import { COMMENT } from "./built-config.ts";
import { cacheKey, recordOf, used, withRecord } from "./cache.ts";
import type { Stage } from "./dockerfile.ts";
import type { Line } from "./lines.ts";
import type { Progress, Vertex } from "./progress.ts";

/** What every stage of a build works with. */
export interface BuildTools {
  readonly tx: Transaction;
  readonly ports: Ports;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly noCache: boolean;
  readonly escape: string;
}

/** An instruction that makes a layer. */
export interface LayerStep {
  readonly line: Line;
  /** As it is shown, variables put in. */
  readonly shown: string;
  /** As it is written into the history. */
  readonly createdBy: string;
  /** What it is known by, beside the layer it stands on. */
  readonly key: readonly unknown[];
  /** Writes into the stage's working container. */
  work(vertex: Vertex): Promise<void>;
}

const HOSTNAME = "buildkitsandbox";

/** One stage while it is built: its layers, its config, and the container its instructions write in. */
export class StageWork {
  readonly tools: BuildTools;
  readonly stage: Stage;
  readonly container: ContainerId;
  readonly platform: Pick<ImageConfig, "architecture" | "os" | "variant">;
  readonly modelled: boolean;
  author: string;
  config: ImageRunConfig;
  /** Lines of the history; without a time where there is no layer. */
  readonly history: HistoryEntry[];
  /** "KEY=value": ENV and ARG, what RUN runs with and variables stand for. */
  env: readonly string[];
  /** ARGs declared so far. */
  readonly args = new Map<string, string>();
  /** Config instructions so far. */
  readonly changed = new Set<string>();
  #label: string;
  #count = 0;
  readonly #total: number;
  #from: ((hit: boolean) => void) | null;

  /** `from`: ends the vertex of FROM when it is known whether anything has to stand on it. */
  constructor(
    tools: BuildTools,
    stage: Stage,
    start: {
      readonly base: Base;
      readonly inherited: StageWork | null;
      readonly label: string;
      readonly name: string;
      readonly reference: string;
      readonly total: number;
      readonly counted: number;
      readonly from: ((hit: boolean) => void) | null;
    },
  ) {
    const { base, inherited } = start;
    this.tools = tools;
    this.stage = stage;
    const image = base.image?.config;
    this.platform = inherited?.platform ?? platformOf(image);
    this.modelled = inherited?.modelled ?? base.image?.modelled ?? false;
    this.author = inherited?.author ?? image?.author ?? "";
    this.config = withPath({ ...(inherited?.config ?? image?.config ?? { WorkingDir: "/" }), OnBuild: null });
    this.history = [...(inherited?.history ?? image?.history ?? [])];
    this.env = inherited?.env ?? this.config.Env ?? [];
    for (const [name, value] of inherited?.args ?? []) this.args.set(name, value);
    this.#label = start.label;
    this.#total = start.total;
    this.#count = start.counted;
    this.#from = start.from;
    const layers = inherited?.layers ?? base.layers;
    this.container = this.#open(start.name, base, layers, start.reference);
  }

  #open(name: string, base: Base, layers: readonly ChainId[], reference: string): ContainerId {
    const { tx, ports } = this.tools;
    const id = ports.random.hex(32) as ContainerId;
    const now = ports.clock.now();
    const container: Container = {
      id,
      name,
      // Of nothing there is no image: the one that has nothing but its config so far.
      image: base.image?.id ?? imageId(JSON.stringify(this.config)),
      layers,
      imageName: reference,
      createdAt: now,
      argv: [],
      config: { ...this.config, Hostname: HOSTNAME },
      tty: false,
      interactive: false,
      autoRemove: false,
      ipAddress: "",
      status: { kind: "running", startedAt: now, pid: 1000 + ports.random.integer(30_000), endsAt: null },
      mounts: [],
      readOnly: false,
      upper: fresh(now),
      log: [],
      building: `FROM ${reference}`,
    };
    const layer = layers.at(-1) ?? null;
    tx.update(
      { ...tx.state, containers: withEntry(tx.state.containers, id, container) },
      { type: "build.from", container: id, name, reference, layers: layers.length, layer },
    );
    return id;
  }

  get layers(): readonly ChainId[] {
    return this.tools.tx.state.containers.get(this.container)?.layers ?? [];
  }

  readonly variables = (name: string): string | undefined => variable(this.env, name);

  setVariable(name: string, value: string): void {
    this.env = withVariables(this.env, [`${name}=${value}`]);
  }

  /** "[build 2/4] COPY a b": the instruction as it is shown, counted. */
  #title(shown: string): string {
    this.#count += 1;
    const width = String(this.#total).length;
    const label = this.#label === "" ? "" : `${this.#label} `;
    return `[${label}${String(this.#count).padStart(width)}/${this.#total}] ${shown}`;
  }

  /** As a step shows a line: variables put in; those of a RUN that are not set are the shell's. */
  shownText({ keyword, text }: Line): string {
    const capital = text.replace(/^(ONBUILD )?\S+/, (_, trigger = "") => `${trigger}${keyword}`);
    const run = keyword === "RUN";
    try {
      return expandWord(capital, this.variables, { escape: this.tools.escape, rawQuotes: run, keepUnset: run });
    } catch (error) {
      if (error instanceof SyntaxError) return capital;
      throw error;
    }
  }

  /** FROM is told done, or taken from the cache, when the first step that stands on it is known. */
  settleFrom(hit: boolean): void {
    this.#from?.(hit);
    this.#from = null;
  }

  /** A line of the history that is no layer. */
  note(line: Line, createdBy: string): void {
    const { tx } = this.tools;
    this.history.push({ created_by: createdBy, comment: COMMENT, empty_layer: true });
    const change = { building: line.text, config: { ...this.config, Hostname: HOSTNAME } };
    tx.update(withContainer(tx.state, this.container, change), {
      type: "build.config",
      container: this.container,
      instruction: createdBy,
    });
  }

  /** Does an instruction that makes a layer, unless it is known what comes of it. */
  async layer(step: LayerStep, before: () => void): Promise<void> {
    const { tx, ports, progress, signal, noCache } = this.tools;
    const key = cacheKey(this.layers.at(-1) ?? null, step.key);
    const record = noCache ? null : recordOf(tx.state, key);
    this.settleFrom(record !== null);
    before();
    signal.throwIfAborted();
    const vertex = progress.start(this.#title(step.shown));
    if (record) {
      this.#stack(step, used(record, ports.clock.now()), "cached");
      vertex.done("cached");
      return;
    }
    const { container } = this;
    const instruction = step.shown;
    const building = withContainer(tx.state, container, { building: instruction });
    tx.update(building, { type: "build.step", container, instruction });
    await this.failing(step, vertex, () => step.work(vertex));
    const working = tx.state.containers.get(container);
    if (working === undefined) throw new RangeError(`no container ${container}`);
    const layer = await frozenLayer(tx, ports, working, signal);
    const now = ports.clock.now();
    tx.update(withLayer(tx.state, layer));
    const { createdBy } = step;
    this.#stack(step, { key, layer: layer.chainId, createdBy, createdAt: now, usedAt: now, uses: 0 }, "made");
    vertex.done();
  }

  /** The step's layer comes onto the others; an empty writable layer lies on it then. */
  #stack({ shown: instruction }: LayerStep, record: BuildRecord, how: "cached" | "made"): void {
    const { tx, ports } = this.tools;
    const { container } = this;
    const layer = tx.state.layers.get(record.layer);
    if (layer === undefined) throw new RangeError(`no layer ${record.layer}`);
    const created = new Date(record.createdAt).toISOString();
    this.history.push({ created, created_by: record.createdBy, comment: COMMENT });
    const layers = [...this.layers, layer.chainId];
    const next = withContainer(withRecord(tx.state, record), container, {
      layers,
      upper: fresh(ports.clock.now()),
      building: instruction,
    });
    const { chainId, diffId, size } = layer;
    const told = { container, instruction, layer: chainId, size };
    tx.update(next, how === "cached" ? { ...told, type: "build.cached" } : { ...told, type: "build.layer", diffId });
  }

  /** Runs `work`; a step that fails is told so, and what it wrote is thrown away. */
  async failing(step: Pick<LayerStep, "line" | "shown">, vertex: Vertex, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (!(thrown instanceof BuildError || thrown instanceof EngineError)) throw thrown;
      const error = thrown instanceof BuildError ? thrown : new BuildError(thrown.message, step.line);
      this.#fail(step.shown);
      vertex.failed(error.step);
      throw error;
    }
  }

  #fail(instruction: string): void {
    const { tx } = this.tools;
    const { container } = this;
    const size = tx.state.containers.get(container)?.upper.size ?? 0;
    tx.update(withoutBuilding(tx), { type: "build.failed", container, instruction, size });
  }

  /** What is known of a step without a vertex of its own yet (its sources are missing). */
  failedStep(shown: string, error: BuildError): never {
    this.settleFrom(false);
    const vertex = this.tools.progress.start(this.#title(shown));
    this.#fail(shown);
    vertex.failed(error.step);
    throw error;
  }
}

/** The state without the containers that a build works in. */
export function withoutBuilding({ state }: Pick<Transaction, "state">): Transaction["state"] {
  const containers = new Map([...state.containers].filter(([, { building }]) => building === undefined));
  return containers.size === state.containers.size ? state : { ...state, containers };
}

function platformOf(image: ImageConfig | undefined): StageWork["platform"] {
  const { architecture = "amd64", os = "linux", variant } = image ?? {};
  return { architecture, os, ...(variant ? { variant } : {}) };
}

/** PATH is always set. */
function withPath(config: ImageRunConfig): ImageRunConfig {
  const env = config.Env ?? [];
  return variable(env, "PATH") === undefined ? { ...config, Env: [...env, `PATH=${DEFAULT_PATH}`] } : config;
}

const fresh = (now: number): FileTree => FileTree.fresh(Math.floor(now / 1000));
