import { ChevronDown, FolderOpen, Plus, Server, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { isHidden } from "../../host/host-names.ts";
import { type MenuItem, Menu } from "../components/menu.tsx";
import { useApp, useAppStore, useText } from "../context.ts";
import { late } from "../components/late.tsx";
import type { AppStore } from "../../state/store.ts";
import { openOwnHost } from "./leave.ts";

const NameDialog = late(async () => (await import("./name-dialog.tsx")).NameDialog);
const ResetDialog = late(async () => (await import("./reset-dialog.tsx")).ResetDialog);

/** The first host of everybody. */
const FIRST = "default";

/** What the names of lessons' hosts begin with. */
const LESSON = "lesson:";

/** Which host is open; the others of this browser are one choice away. */
export function OwnHosts() {
  const store = useAppStore();
  const text = useText();
  const source = useApp((state) => state.source);
  const ready = useApp((state) => state.phase === "ready");
  const step = useApp((state) => state.step > 0);
  const [names, setNames] = useState<readonly string[]>([]);
  const [dialog, setDialog] = useState<"new" | "reset" | null>(null);
  const open = source.kind === "own" ? source.name : null;

  // A host is kept from its first command on.
  useEffect(() => {
    let gone = false;
    if (ready)
      void store.client.hosts().then(
        (kept) => !gone && setNames(kept.filter((one) => !isHidden(one))),
        () => undefined,
      );
    return () => {
      gone = true;
    };
  }, [store, ready, step]);

  const lesson = useLessonTitle(open, text.tag);
  const called = (name: string): string =>
    name === FIRST ? text.hosts.first : name.startsWith(LESSON) ? (lesson ?? text.app.lessons) : isHidden(name) ? text.hosts.scenario : name;
  const all = [...new Set([FIRST, ...names, ...(open ? [open] : [])])];
  const own: MenuItem[] = all.map((name) => ({
    label: called(name),
    checked: name === open,
    act: () => {
      if (name !== open) openOwnHost(store, name);
    },
  }));
  const title = open === null ? text.hosts.scene : called(open);
  return (
    <>
      <Menu
        label={`${text.hosts.name}: ${title}`}
        className="button host-menu"
        groups={[
          { title: text.hosts.own, items: own },
          {
            items: [
              { label: text.hosts.openFile, icon: <FolderOpen size={14} />, act: () => pick(store) },
              { label: text.hosts.another, icon: <Plus size={14} />, act: () => setDialog("new") },
              ...(open === null
                ? []
                : [{ label: text.app.resetHost, icon: <Trash2 size={14} />, act: () => setDialog("reset") }]),
            ],
          },
        ]}
      >
        <Server size={14} aria-hidden />
        <span className="host-menu-name">{title}</span>
        <ChevronDown size={13} aria-hidden />
      </Menu>
      {dialog === "new" && (
        <NameDialog
          title={text.hosts.anotherTitle}
          words={text.hosts.anotherText}
          action={text.hosts.open}
          proposal={freeName(text.hosts.proposal, all)}
          taken={all.map(called)}
          close={() => setDialog(null)}
          take={async (name) => openOwnHost(store, name)}
        />
      )}
      {dialog === "reset" && <ResetDialog close={() => setDialog(null)} />}
    </>
  );
}

/** What the lesson is called whose host is open; null when it is none. */
function useLessonTitle(open: string | null, locale: string): string | null {
  const [found, setFound] = useState<{ readonly of: string; readonly title: string | null } | null>(null);
  useEffect(() => {
    if (!open?.startsWith(LESSON)) return;
    let gone = false;
    void import("../lessons/title.ts")
      .then(({ lessonTitle }) => lessonTitle(open.slice(LESSON.length), locale))
      .then(
        (title) => !gone && setFound({ of: open, title }),
        () => undefined,
      );
    return () => {
      gone = true;
    };
  }, [open, locale]);
  return found?.of === open ? found.title : null;
}

/** Asks for a scene's file, or a picture of one, and opens it. */
function pick(store: AppStore): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".lamina,.png,.svg,.txt";
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) void import("./open-file.ts").then(({ openFile }) => openFile(store, file));
  });
  input.click();
}

function freeName(base: string, taken: readonly string[]): string {
  let number = 2;
  while (taken.includes(`${base} ${number}`)) number++;
  return `${base} ${number}`;
}
