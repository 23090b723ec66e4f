import { Ellipsis } from "lucide-react";
import { useContext, useState } from "react";
import { shortOf } from "../../core/oci/short.ts";
import type { StackTarget } from "../../engine/stack-view.ts";
import { LookOnlyContext, useApp, useAppStore, useText } from "../context.ts";
import { imageName } from "../names.ts";
import { late } from "./late.tsx";
import { Menu } from "./menu.tsx";

const CommitDialog = late(async () => (await import("./command-dialogs.tsx")).CommitDialog);
const TagDialog = late(async () => (await import("./command-dialogs.tsx")).TagDialog);

/** What can be done with an image or a container: each line types a command on the host. */
export function TargetMenu({ target }: { target: StackTarget }) {
  const store = useAppStore();
  const text = useText();
  const host = useApp((state) => state.host);
  const lookOnly = useContext(LookOnlyContext);
  const [dialog, setDialog] = useState<"tag" | "commit" | null>(null);
  if (lookOnly) return null;
  const type = (line: string) => ({ act: () => void store.runCommand(line, "host") });
  const show = {
    label: text.actions.show,
    act: () => {
      store.setPageView("stack");
      void store.look(target, "/");
    },
  };
  const close = (): void => setDialog(null);
  if (target.kind === "image") {
    const image = host.images.find((one) => one.id === target.id);
    if (!image) return null;
    const name = image.refs[0] ?? shortOf(image.id);
    return (
      <>
        <Menu
          label={text.actions.image(imageName(image))}
          className="icon-button small"
          groups={[
            {
              items: [
                { label: text.actions.run, ...type(`docker run -it ${name}`) },
                { label: text.actions.history, ...type(`docker history ${name}`) },
                { label: text.actions.tag, act: () => setDialog("tag") },
                show,
              ],
            },
            { items: [{ label: text.actions.remove, ...type(`docker rmi ${name}`) }] },
          ]}
        >
          <Ellipsis size={15} aria-hidden />
        </Menu>
        {dialog === "tag" && <TagDialog name={name} close={close} />}
      </>
    );
  }
  const container = host.containers.find((one) => one.id === target.id);
  if (!container) return null;
  const { name, running } = container;
  return (
    <>
      <Menu
        label={text.actions.container(name)}
        className="icon-button small"
        groups={[
          {
            items: [
              { label: text.actions.shell, disabled: !running, ...type(`docker exec -it ${name} sh`) },
              { label: text.actions.diff, ...type(`docker diff ${name}`) },
              { label: text.actions.commit, act: () => setDialog("commit") },
              running
                ? { label: text.actions.stop, ...type(`docker stop ${name}`) }
                : { label: text.actions.start, ...type(`docker start ${name}`) },
              show,
            ],
          },
          { items: [{ label: text.actions.remove, ...type(`docker rm ${running ? "-f " : ""}${name}`) }] },
        ]}
      >
        <Ellipsis size={15} aria-hidden />
      </Menu>
      {dialog === "commit" && <CommitDialog container={name} close={close} />}
    </>
  );
}
