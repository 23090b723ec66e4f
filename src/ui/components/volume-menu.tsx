import { Ellipsis } from "lucide-react";
import { useContext } from "react";
import { LookOnlyContext, useApp, useAppStore, useText } from "../context.ts";
import { volumeName } from "../names.ts";
import { Menu } from "./menu.tsx";

/** What can be done with a volume: each line types a command on the host. */
export function VolumeMenu({ volume }: { volume: string }) {
  const store = useAppStore();
  const text = useText();
  const host = useApp((state) => state.host);
  const lookOnly = useContext(LookOnlyContext);
  const type = (line: string) => ({ act: () => void store.runCommand(line, "host") });
  if (lookOnly || !host.volumes.some(({ name }) => name === volume)) return null;
  return (
    <Menu
      label={text.actions.volume(volumeName(host, volume))}
      className="icon-button small"
      groups={[
        { items: [{ label: text.actions.inspect, ...type(`docker volume inspect ${volume}`) }] },
        { items: [{ label: text.actions.remove, ...type(`docker volume rm ${volume}`) }] },
      ]}
    >
      <Ellipsis size={15} aria-hidden />
    </Menu>
  );
}
