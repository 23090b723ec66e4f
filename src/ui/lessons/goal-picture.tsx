import { Box, Check, File, HardDrive, Lock, Pencil } from "lucide-react";
import { bytes } from "../../content/locales/phrase.ts";
import type { LearnDictionary } from "../../content/locales/learn/index.ts";
import { type Sketch, type SketchStack, type SketchTile, sketchOf } from "../../engine/goal/sketch.ts";
import { useText } from "../context.ts";
import { useLearn, useLesson } from "./context.ts";

/** The goals as a picture, drawn from their assertions; what is reached stands solid, the rest is an outline. */
export function GoalPicture() {
  const learn = useLearn();
  const goals = useLesson((state) => state.lesson.goals);
  const verdicts = useLesson((state) => state.verdicts);
  if (!learn) return null;
  const reached = new Set(goals.flatMap(({ name }, index) => (verdicts?.[index] === null ? [name] : [])));
  return <SketchPicture sketch={sketchOf(goals)} reached={reached} words={learn.goals.sketch} />;
}

interface SketchProps {
  readonly sketch: Sketch;
  readonly reached: ReadonlySet<string>;
  readonly words: LearnDictionary["goals"]["sketch"];
}

export function SketchPicture({ sketch, reached, words }: SketchProps) {
  // Said in words by the list of goals beside it.
  return (
    <div className="sketch" aria-hidden>
      <div className="sketch-stacks">
        {sketch.stacks.map((stack) => (
          <StackSketch key={titleOf(stack)} stack={stack} reached={reached} words={words} />
        ))}
        {sketch.volumes.map(({ volume, goals, holds }) => (
          <div key={volume} className="sketch-stack">
            <div
              className="sketch-drum"
              data-reached={[...goals, ...holds.map(({ goal }) => goal)].every((goal) => reached.has(goal))}
            >
              <span className="sketch-name">
                <HardDrive size={12} /> {volume}
              </span>
              {holds.map(({ goal, path }) => (
                <Tile key={path} tile={{ goal, path, look: "seen", contains: null }} reached={reached} words={words} />
              ))}
            </div>
          </div>
        ))}
        {sketch.files.map(({ goal, path }) => (
          <div key={path} className="sketch-stack">
            <div className="sketch-file" data-reached={reached.has(goal)}>
              <File size={13} /> <span className="mono">{path.split("/").at(-1)}</span>
            </div>
          </div>
        ))}
      </div>
      {sketch.shared.map(({ goal, images, layers }) => (
        <div key={goal} className="sketch-plate sketch-shared" data-reached={reached.has(goal)}>
          <Lock size={12} /> {words.shared(layers, images)}
        </div>
      ))}
    </div>
  );
}

const titleOf = ({ of }: SketchStack): string =>
  "image" in of ? of.image : "name" in of.container ? of.container.name : of.container.ofImage;

function StackSketch({ stack, reached, words }: { stack: SketchStack } & Omit<SketchProps, "sketch">) {
  const text = useText();
  const container = "container" in stack.of;
  const { facts } = stack;
  const all = facts.every(({ goal }) => reached.has(goal));
  const base = facts.find((fact) => fact.fact === "on");
  const layers = facts.find((fact) => fact.fact === "layers");
  const gone = facts.some(({ fact }) => fact === "gone");
  return (
    <div className="sketch-stack" data-present={!gone} data-reached={all}>
      <span className="sketch-name">
        {container ? <Box size={12} /> : <Lock size={12} />} {titleOf(stack)}
        {facts.map((fact) =>
          fact.fact === "running" ? (
            <em key={fact.goal}>{fact.running ? text.hostView.running : text.hostView.stopped}</em>
          ) : null,
        )}
        {all && facts.length > 0 && <Check size={12} />}
      </span>
      {stack.merged.length > 0 && (
        <div className="sketch-plate sketch-merged">
          {stack.merged.map((tile) => (
            <Tile key={`${tile.goal}${tile.path}`} tile={tile} reached={reached} words={words} />
          ))}
        </div>
      )}
      {container && !gone && (
        <div className="sketch-plate sketch-writable">
          <Pencil size={12} />
          {stack.writable.map((tile) => (
            <Tile key={`${tile.goal}${tile.path}`} tile={tile} reached={reached} words={words} />
          ))}
        </div>
      )}
      {!container && (
        <div className="sketch-plate sketch-own">{words.layers(base?.more ?? null, layers?.layers ?? null)}</div>
      )}
      {(container || base) && <div className="sketch-plate sketch-base">{base?.base ?? words.image}</div>}
      {facts.map((fact) =>
        fact.fact === "larger" ? (
          <span key={fact.goal} className="sketch-size" data-reached={reached.has(fact.goal)}>
            {words.larger(bytes(fact.by), fact.than)}
          </span>
        ) : null,
      )}
    </div>
  );
}

function Tile({ tile, reached, words }: { tile: SketchTile } & Omit<SketchProps, "sketch">) {
  return (
    <span className="sketch-tile" data-look={tile.look} data-reached={reached.has(tile.goal)} title={tile.path}>
      {tile.path.split("/").at(-1) || "/"}
      {words.looks[tile.look] !== "" && <small>{words.looks[tile.look]}</small>}
    </span>
  );
}
