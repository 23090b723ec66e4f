import { imageId, parseConfig } from "../../core/oci/config.ts";
import type { ImageId } from "../../core/oci/digest.ts";
import { familiar, normalized, type Reference, repositoryOf, withDefaultTag } from "../../core/oci/reference.ts";
import { imageSize } from "../host-state.ts";
import { lowerOfLayers } from "../mount.ts";
import type { PullProgress } from "../operations/pull.ts";
import type { Ports } from "../ports.ts";
import type { Image } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { withImage, withTag } from "../update.ts";
import { globalArguments, put } from "./arguments.ts";
import { type Base, scratch } from "./base.ts";
import { Bases } from "./bases.ts";
import { BuildError } from "./build-error.ts";
import { builtConfigText } from "./built-config.ts";
import { type BuildFiles, contextFiles, dockerfileName, readDockerfile, readIgnore } from "./context.ts";
import { type Dockerfile, type Instruction, parseDockerfile, parseTrigger, type Stage } from "./dockerfile.ts";
import type { Ignored } from "./ignore.ts";
import type { Line } from "./lines.ts";
import { lint } from "./lint.ts";
import { type BuildProgress, Progress } from "./progress.ts";
import { filesOf, type SourceFiles } from "./source-files.ts";
import { layerCount, stageOf, stageOrder } from "./stages.ts";
import { type BuildTools, StageWork, withoutBuilding } from "./stage-work.ts";
import { type Around, doInstruction } from "./steps.ts";
import { bytesText, readsContext, sentFiles, transferSize } from "./transfer.ts";

export interface BuildRequest {
  readonly files: BuildFiles;
  readonly references: readonly Reference[];
  readonly args: ReadonlyMap<string, string>;
  readonly labels: Readonly<Record<string, string>>;
  /** A stage's name or number; null: the last. */
  readonly target: string | null;
  readonly noCache: boolean;
  /** The registry is asked for every base. */
  readonly pull: boolean;
  readonly signal: AbortSignal;
  readonly progress: (progress: BuildProgress) => void;
  readonly pulling?: (progress: PullProgress) => void;
}

/**
 * Builds an image from a Dockerfile: each instruction that writes files makes one layer, unless the cache knows it.
 * What is done stays done when a later step fails. Throws `BuildError`. (moby/buildkit, frontend/dockerfile)
 */
export async function build(tx: Transaction, ports: Ports, request: BuildRequest): Promise<ImageId> {
  try {
    return await new Build(tx, ports, request).run();
  } finally {
    const left = withoutBuilding(tx);
    if (left !== tx.state) tx.update(left);
  }
}

class Build {
  readonly #tx: Transaction;
  readonly #ports: Ports;
  readonly #request: BuildRequest;
  readonly #progress: Progress;
  readonly #works = new Map<Stage, StageWork>();
  readonly #bases: Bases;
  #context: SourceFiles | null = null;
  #contextTold = false;
  #ignored: Ignored = () => false;
  #globals: ReadonlyMap<string, string> = new Map();
  #dockerfile: Dockerfile = { escape: "\\", args: [], stages: [] };
  #order: readonly Stage[] = [];
  /** Those of the stages that are built, and what the bases ask for. */
  readonly #instructions: Instruction[] = [];

  constructor(tx: Transaction, ports: Ports, request: BuildRequest) {
    this.#tx = tx;
    this.#ports = ports;
    this.#request = request;
    this.#progress = new Progress(ports.clock, request.progress);
    this.#bases = new Bases(tx, ports, this.#progress, request);
  }

  async run(): Promise<ImageId> {
    this.#dockerfile = await this.#readDefinition();
    this.#globals = globalArguments(this.#dockerfile, this.#request.args);
    const { stages } = this.#dockerfile;
    const target = stageOf(stages, this.#request.target);
    this.#order = stageOrder(stages, target);
    this.#instructions.push(...this.#order.flatMap(({ instructions }) => instructions));
    await this.#loadMetadata();
    await this.#loadIgnore();
    for (const stage of this.#order) await this.#buildStage(stage);
    const work = this.#works.get(target);
    if (work === undefined) throw new RangeError("the target was not built");
    return this.#export(work);
  }

  async #readDefinition(): Promise<Dockerfile> {
    const { files } = this.#request;
    const name = dockerfileName(files);
    const vertex = this.#progress.start(`[internal] load build definition from ${name}`);
    let text: string;
    try {
      text = await readDockerfile(files, this.#ports.layers.readStored);
    } catch (error) {
      vertex.status("transferring dockerfile:", bytesText(2));
      vertex.done();
      throw error;
    }
    const size = new TextEncoder().encode(text).length;
    vertex.status("transferring dockerfile:", bytesText(transferSize([{ name, size }])));
    try {
      const dockerfile = parseDockerfile(text);
      for (const warning of lint(dockerfile)) vertex.warn(warning);
      return dockerfile;
    } finally {
      vertex.done();
    }
  }

  /** What the registry, or this host, knows of the bases: before anything is built. */
  async #loadMetadata(): Promise<void> {
    for (const stage of this.#order) {
      const name = this.#baseName(stage);
      if (name !== "scratch" && this.#inherited(stage, name) === null) await this.#bases.find(name, stage.line);
    }
  }

  async #loadIgnore(): Promise<void> {
    const vertex = this.#progress.start("[internal] load .dockerignore");
    const found = await readIgnore(this.#request.files, this.#ports.layers.readStored);
    if (found) this.#ignored = found.ignored;
    vertex.status("transferring context:", bytesText(transferSize(found ? [found] : [])));
    vertex.done();
  }

  #baseName({ base, line }: Stage): string {
    const name = put(line, base, (key) => this.#globals.get(key), this.#dockerfile.escape);
    if (name === "") throw new BuildError(`base name (${base}) should not be blank`, line);
    return name;
  }

  /** The stage before this one that its FROM names. */
  #inherited(stage: Stage, name: string): Stage | null {
    const { stages } = this.#dockerfile;
    return stages.slice(0, stages.indexOf(stage)).findLast((each) => each.name === name.toLowerCase()) ?? null;
  }

  async #buildStage(stage: Stage): Promise<void> {
    const { stages } = this.#dockerfile;
    const label = stages.length === 1 ? "" : (stage.name ?? `stage-${stages.indexOf(stage)}`);
    const work = await this.#begin(stage, label);
    const triggers = work.stage.instructions;
    for (const instruction of triggers) {
      this.#request.signal.throwIfAborted();
      await doInstruction(work, instruction, this.#around);
    }
    work.settleFrom(false);
    this.#works.set(stage, work);
  }

  /** The stage's base, and its working container on it. */
  async #begin(stage: Stage, label: string): Promise<StageWork> {
    const { tools } = this;
    const name = label || "build";
    const base = this.#baseName(stage);
    const inherited = this.#inherited(stage, base);
    const own = { label, name, counted: 0, from: null, inherited: null };
    if (inherited) {
      const work = this.#works.get(inherited) ?? null;
      const total = layerCount(stage.instructions);
      return new StageWork(tools, stage, { ...own, base: this.#baseOf(work), inherited: work, reference: base, total });
    }
    if (base === "scratch") {
      const total = layerCount(stage.instructions);
      return new StageWork(tools, stage, { ...own, base: scratch, reference: base, total });
    }
    const found = await this.#bases.find(base, stage.line);
    const image = "here" in found.from ? found.from.here.config : parseConfig(found.from.registry.configText);
    const triggers = (image.config?.OnBuild ?? []).map((text): Instruction => parseTrigger(text, stage.line));
    this.#instructions.push(...triggers);
    const whole = { ...stage, instructions: [...triggers, ...stage.instructions] };
    const total = 1 + layerCount(whole.instructions);
    const reference = familiar(found.reference);
    const standing = { ...own, reference, total, counted: 1 };
    // What stands on the same base says so once.
    const before = this.#bases.taken(found);
    if (before) return new StageWork(tools, whole, { ...standing, base: before });
    const first = label === "" ? "" : `${label} `;
    const vertex = this.#progress.start(`[${first}${"1".padStart(String(total).length)}/${total}] FROM ${found.shown}`);
    const { taken, known } = await this.#bases.take(found, vertex);
    const from = (hit: boolean): void => vertex.done(known && !hit ? "cached" : "done");
    return new StageWork(tools, whole, { ...standing, base: taken, from });
  }

  #baseOf(work: StageWork | null): Base {
    const container = work && this.#tx.state.containers.get(work.container);
    const image = container ? this.#tx.state.images.get(container.image) : undefined;
    return { image: image ?? null, layers: work?.layers ?? [] };
  }

  get tools(): BuildTools {
    const { signal, noCache } = this.#request;
    const { escape } = this.#dockerfile;
    return { tx: this.#tx, ports: this.#ports, progress: this.#progress, signal, noCache, escape };
  }

  get #around(): Around {
    return {
      given: this.#request.args,
      globals: this.#globals,
      source: (from, line) => this.#source(from, line),
      contextLoaded: () => this.#tellContext(),
    };
  }

  async #source(from: string | null, line: Line): Promise<SourceFiles> {
    if (from === null) return this.#contextFiles();
    const { stages } = this.#dockerfile;
    const stage =
      stages.find(({ name }) => name === from.toLowerCase()) ?? (/^\d+$/.test(from) ? stages[Number(from)] : undefined);
    const work = stage && this.#works.get(stage);
    if (work) return filesOf(lowerOfLayers(this.#tx.state, work.layers));
    if (/^\d+$/.test(from)) throw new BuildError(`invalid from flag value ${from}: invalid stage index ${from}`, line);
    const found = await this.#bases.find(from, line);
    const vertex = this.#progress.start(`FROM ${found.shown}`);
    const { taken, known } = await this.#bases.take(found, vertex);
    vertex.done(known ? "cached" : "done");
    return filesOf(lowerOfLayers(this.#tx.state, taken.layers));
  }

  #contextFiles(): SourceFiles {
    this.#context ??= contextFiles(this.#request.files, this.#ignored);
    return this.#context;
  }

  #tellContext(): void {
    if (this.#contextTold || !this.#instructions.some(readsContext)) return;
    this.#contextTold = true;
    const vertex = this.#progress.start("[internal] load build context");
    const context = this.#contextFiles();
    const sent = sentFiles(context, this.#instructions);
    vertex.status("transferring context:", bytesText(transferSize(sent)));
    vertex.done();
  }

  #export(work: StageWork): ImageId {
    const { references, labels } = this.#request;
    const vertex = this.#progress.start("exporting to image");
    const { layers, history, platform, author, modelled } = work;
    const diffIds = layers.flatMap((layer) => this.#tx.state.layers.get(layer)?.diffId ?? []);
    const config = { ...work.config, Labels: { ...work.config.Labels, ...labels } };
    const configText = builtConfigText({ platform, author, config, history, diffIds });
    const id = imageId(configText);
    const image: Image = {
      id,
      configText,
      config: parseConfig(configText),
      layers,
      parent: null,
      modelled,
    };
    if (layers.length > 0) vertex.status("exporting layers");
    vertex.status(`writing image ${id}`);
    let next = withImage(withoutBuilding(this.#tx), this.#tx.state.images.get(id) ?? image);
    for (const reference of references) {
      next = withTag(next, normalized(reference), id);
      vertex.status(`naming to ${repositoryOf(reference)}${reference.tag === null ? "" : `:${reference.tag}`}`);
    }
    const [first] = references;
    this.#tx.update(next, {
      type: "build.image",
      image: id,
      reference: first === undefined ? null : familiar(withDefaultTag(first)),
      layers: layers.length,
      size: imageSize(next, image),
    });
    vertex.done();
    return id;
  }
}
