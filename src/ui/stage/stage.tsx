import { memo, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { pullAt, type Shown } from "../../state/story.ts";
import { late } from "../components/late.tsx";
import { useApp, useLandmark, useText } from "../context.ts";
import { stillWanted } from "../motion.ts";
import { Opening } from "./opening.tsx";
import { useStaged } from "./player.ts";
import { sceneAt } from "./scene.ts";
import { StackPicture } from "./stack-picture.tsx";
import "./stage.css";

const EmptyHost = late(async () => (await import("../start/empty-host.tsx")).EmptyHost);
const PullPicture = late(async () => (await import("./pull-picture.tsx")).PullPicture);
const PullStrip = late(async () => (await import("./pull-strip.tsx")).PullStrip);
const HostPicture = late(async () => (await import("./host-picture.tsx")).HostPicture);

// A new moment is taken in before it is drawn: meanwhile the picture stays, and is not drawn again.
const Stack = memo(StackPicture);

/** The picture: a stack, the whole host, or what is coming down from the registry. */
export function Stage() {
  const text = useText();
  const root = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 960, height: 460 });
  const [expanded, setExpanded] = useState<string | null>(null);
  const shown = useApp((state) => state.shown);
  const frames = useApp((state) => state.frames);
  const speed = useApp((state) => state.speed);
  const pageView = useApp((state) => state.pageView);
  const preferences = useApp((state) => state.preferences);
  const phase = useApp((state) => state.phase);

  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const measure = (): void => setSize({ width: element.clientWidth - 24, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const host = pageView === "host";
  const name = useLandmark(host ? text.hostView.name : text.stack.name);
  const sceneOf = useMemo(
    () => (moment: Shown) => sceneAt(moment, { ...size, expanded: expanded === openDirectory(moment), host }),
    [size, expanded, host],
  );
  const staged = useStaged(shown, { root, sceneOf, still: stillWanted(preferences), speed });
  const moment = staged.shown;
  const expand = useCallback(() => setExpanded(openDirectory(moment)), [moment]);
  const running = useApp((state) => state.pulling);
  const told = useMemo(() => pullAt(frames, moment.step), [frames, moment.step]);
  const pull = running ?? told;
  const scene = useMemo(() => sceneOf(moment), [sceneOf, moment]);
  const pulling = running !== null || (told !== null && !told.done);
  const onlyVolumes = pageView === "host" && moment.host.volumes.length > 0;
  const empty = moment.host.images.length === 0 && moment.host.containers.length === 0 && !onlyVolumes && !pulling;

  return (
    <div
      className="stage"
      ref={root}
      role="region"
      // It may be wider than a phone, and the timeline's keys work from here.
      tabIndex={0}
      aria-label={name}
    >
      {phase === "opening" ? (
        <Opening />
      ) : empty ? (
        <EmptyHost />
      ) : pageView === "host" ? (
        <>
          {pull && <PullStrip pull={pull} host={moment.host} />}
          {scene.plates && <HostPicture geometry={scene.plates} host={moment.host} touched={staged.touched} />}
        </>
      ) : pulling && pull ? (
        <PullPicture pull={pull} host={moment.host} touched={staged.touched} />
      ) : moment.view && scene.stack ? (
        <Stack
          view={moment.view}
          geometry={scene.stack}
          host={moment.host}
          touched={staged.touched}
          event={moment.event}
          expand={expand}
        />
      ) : null}
    </div>
  );
}

const openDirectory = ({ focus }: Shown): string => (focus ? `${focus.target.id}${focus.path}` : "");
