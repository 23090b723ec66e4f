import { Blocks, Download, Feather, PencilLine } from "lucide-react";
import { useContext } from "react";
import type { Dictionary } from "../../content/locales/index.ts";
import { late } from "../components/late.tsx";
import { LookOnlyContext, useAppStore, useText } from "../context.ts";

const LessonInvitation = late(async () => (await import("../lessons/invitation.tsx")).LessonInvitation);

/** Other true starts: each types its commands, one after the other, where they belong. */
const STARTS: readonly {
  readonly name: keyof Dictionary["start"]["cards"];
  readonly icon: typeof Blocks;
  readonly lines: readonly string[];
}[] = [
  { name: "shared", icon: Blocks, lines: ["docker pull redis:7", "docker pull nginx"] },
  { name: "small", icon: Feather, lines: ["docker run -it --name box alpine sh"] },
  {
    name: "changes",
    icon: PencilLine,
    lines: ["docker run -it --name web debian:12-slim bash", "echo hello > /hello.txt", "rm /etc/motd"],
  },
];

/** An empty host is an invitation: one line, one button that types the first command, and a few other ways in. */
export function EmptyHost() {
  const store = useAppStore();
  const text = useText();
  const lookOnly = useContext(LookOnlyContext);
  const type = async (lines: readonly string[]): Promise<void> => {
    for (const [index, line] of lines.entries()) {
      // The first is the host's; after `docker run -it` it is the container's turn.
      const { exitCode } = await store.runCommand(line, index === 0 ? "host" : undefined);
      if (exitCode !== 0) return;
    }
  };
  return (
    <div className="empty">
      <svg className="empty-picture" viewBox="0 0 360 150" aria-hidden>
        <rect className="empty-merged" x="30" y="6" width="300" height="26" rx="7" />
        <rect className="empty-amber" x="30" y="44" width="300" height="26" rx="7" />
        <rect className="empty-layer" x="30" y="82" width="300" height="26" rx="7" />
        <rect className="empty-layer" x="30" y="118" width="300" height="26" rx="7" />
      </svg>
      <h2>{text.start.title}</h2>
      {!lookOnly && <Invitation type={type} />}
    </div>
  );
}

function Invitation({ type }: { type: (lines: readonly string[]) => Promise<void> }) {
  const text = useText();
  return (
    <>
      <p>{text.start.text}</p>
      <button
        type="button"
        className="button-main empty-button"
        onClick={() => void type(["docker pull ubuntu:22.04"])}
      >
        <Download size={15} aria-hidden />
        {text.start.pull}
      </button>
      <code className="empty-command">docker pull ubuntu:22.04</code>
      <ul className="starts" aria-label={text.start.others}>
        {STARTS.map(({ name, icon: Icon, lines }) => (
          <li key={name}>
            <button type="button" className="start" title={lines.join("\n")} onClick={() => void type(lines)}>
              <span className="start-title">
                <Icon size={14} aria-hidden />
                {text.start.cards[name].title}
              </span>
              <span className="start-what">{text.start.cards[name].what}</span>
            </button>
          </li>
        ))}
      </ul>
      <LessonInvitation />
    </>
  );
}
