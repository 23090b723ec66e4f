import { Box as BoxIcon, Cpu, Eye, FolderTree, HardDrive, Lock, MemoryStick, PencilLine, Power } from "lucide-react";
import type { ReactNode } from "react";
import { bytes } from "../../content/locales/phrase.ts";
import type { HostState } from "../../engine/host-state.ts";
import { useText } from "../context.ts";
import { type Tint, amber, tintOf, untinted } from "../layer-color.ts";
import { imageName, layerName } from "../names.ts";
import { Ask, Pull } from "./asking.tsx";
import { type Figure, desktopSize, machineSize } from "./figures.ts";
import type { What } from "./scene.ts";

/** A word on screen that what it stands at runs nowhere here; its source is in the title and in the picture's foot. */
function Modelled({ figure }: { figure?: Figure | null }) {
  const text = useText();
  return (
    <span className="boot-modelled" title={figure ? `Debian 12: ${figure.source}` : undefined}>
      {text.boot.modelled}
    </span>
  );
}

/** A name with an icon, a second line, and what stands at the right. */
function Label({
  icon,
  title,
  what,
  facts,
}: {
  icon?: ReactNode;
  title: ReactNode;
  what?: ReactNode;
  facts?: ReactNode;
}) {
  return (
    <>
      <span className="boot-label">
        <span className="boot-title">
          {icon}
          <span>{title}</span>
        </span>
        {what !== undefined && <span className="boot-what">{what}</span>}
      </span>
      {facts !== undefined && <span className="boot-facts mono">{facts}</span>}
    </>
  );
}

/** What a part wears: an image's colour is that of its top layer. */
export function tintOfPart(what: What, host: HostState): Tint {
  switch (what.kind) {
    case "sheet":
      return tintOf(host, what.layers.at(-1)?.chainId ?? null);
    case "entry":
      return tintOf(host, what.entry.layer);
    case "writable":
      return amber;
    case "rootfs":
    case "line":
      return tintOf(host, what.image?.chain.at(-1) ?? null);
    case "ask":
      return tintOf(host, what.distribution.image?.chain.at(-1) ?? null);
    default:
      return untinted;
  }
}

/** The words of a part. */
export function Face({ what, host }: { what: What; host: HostState }) {
  const text = useText();
  const words = text.boot;
  switch (what.kind) {
    case "words":
      return words.words[what.words];
    case "group":
      return what.group === "machine" ? (
        <>
          {words.groupMachine} <Modelled />
        </>
      ) : (
        words.groupContainers
      );
    case "bootfs":
      return (
        <Label
          icon={<HardDrive size={15} aria-hidden />}
          title={words.bootfs}
          what={what.mounted ? words.bootfsWhat : words.unmounted}
        />
      );
    case "loader":
      return (
        <Label
          icon={<Power size={15} aria-hidden />}
          title={words.loader}
          what={`GRUB · ${bytes(what.figure.size)}`}
          facts={<Modelled figure={what.figure} />}
        />
      );
    case "kernel-file":
      return (
        <Label
          icon={<Cpu size={15} aria-hidden />}
          title={words.kernelOnDisk}
          what={`vmlinuz · ${bytes(what.figure.size)}`}
          facts={<Modelled figure={what.figure} />}
        />
      );
    case "memory":
      return (
        <span className="boot-hint">
          <MemoryStick size={15} aria-hidden />
          {words.memory}
        </span>
      );
    case "kernel":
      return what.of === "machine" ? (
        <Label
          icon={<Cpu size={16} aria-hidden />}
          title={words.ownKernel}
          what={
            <>
              <span className="mono">{what.release}</span>, {bytes(what.figure?.size ?? 0)}{" "}
              <Modelled figure={what.figure} />
            </>
          }
        />
      ) : (
        <Label
          icon={<Cpu size={16} aria-hidden />}
          title={what.figure ? words.kernel : words.hostKernel}
          what={
            what.figure ? (
              <>
                {bytes(what.figure.size)} <Modelled figure={what.figure} />
              </>
            ) : (
              words.hostKernelWhat
            )
          }
          facts={what.release}
        />
      );
    case "flow":
      return <span>{words.flow}</span>;
    case "place":
      return <span className="boot-hint">{words.place}</span>;
    case "rootfs":
      return (
        <Label
          icon={<Lock size={15} aria-hidden />}
          title={words.rootfs}
          what={what.image ? words.rootfsOf(imageName(what.image)) : words.rootfsWhat}
        />
      );
    case "remount":
      return (
        <>
          <PencilLine size={13} aria-hidden />
          <span>{words.remount}</span>
          <code>mount -o remount,rw /</code>
        </>
      );
    case "entry":
      return `/${what.entry.name}`;
    case "more":
      return words.moreEntries(what.count);
    case "sheet": {
      if (what.form === "bar") return <span className="visually-hidden">{bytes(what.size)}</span>;
      const top = what.layers.at(-1);
      const name = what.layers.length > 1 ? words.sheets(what.layers.length) : layerName(host, top?.chainId ?? "");
      const icon = <Lock size={15} aria-hidden />;
      return what.form === "column" ? (
        <Label icon={icon} title={name} what={`${bytes(what.size)}, ${text.stack.readOnly}`} />
      ) : (
        <Label icon={icon} title={name} what={text.stack.readOnly} facts={bytes(what.size)} />
      );
    }
    case "writable":
      return (
        <Label
          icon={<PencilLine size={15} aria-hidden />}
          title={words.writable}
          what={what.container ? words.writableOf(what.container.name) : words.noContainerHere}
          facts={what.container ? bytes(what.container.upper.size) : undefined}
        />
      );
    case "merged":
      return <Label icon={<Eye size={15} aria-hidden />} title={words.merged} what={words.mergedWhat} />;
    case "pull":
      return <Pull />;
    case "disk":
      return null;
    case "disk-key":
      return (
        <>
          <span title={`Debian 12: ${what.figure.source}`}>{words.disk[what.part]}</span>
          <b className="mono">{bytes(what.figure.size)}</b>
        </>
      );
    case "bar-name":
      return what.image ? (
        <Label
          icon={<BoxIcon size={15} aria-hidden />}
          title={imageName(what.image)}
          what={words.layers(what.image.layers.length)}
        />
      ) : (
        <Label
          icon={<HardDrive size={15} aria-hidden />}
          title={words.machine}
          what={
            <>
              {words.machineWhat} <Modelled />
            </>
          }
        />
      );
    case "bar-size":
      return what.image ? (
        <>
          <b>{bytes(what.size)}</b>
          <span>{share(what.size)}</span>
        </>
      ) : (
        <>
          <b>{bytes(what.size)}</b>
          <span title={`Debian 12: ${desktopSize.source}`}>{words.desktop(bytes(desktopSize.size))}</span>
        </>
      );
    case "tick":
      return bytes(what.size);
    case "others":
      return words.others(what.count);
    case "machine-root":
      return (
        <Label
          icon={<FolderTree size={15} aria-hidden />}
          title={words.machineRoot}
          what={
            <>
              {words.machineWhat}, {bytes(what.figure.size)} <Modelled figure={what.figure} />
            </>
          }
        />
      );
    case "hypervisor":
      return <Label title={words.hypervisor} />;
    case "absent":
      return <Label title={what.distribution.reference} what={words.absent} />;
    case "ask":
      return <Ask distribution={what.distribution} />;
    case "machine-answer":
      return (
        <>
          <code className="boot-question">uname -r</code>
          <span className="boot-answer mono">{what.release}</span>
          <span className="boot-what">
            {words.wouldSay} <Modelled />
          </span>
        </>
      );
    case "line":
      return null;
  }
}

/** A part of the virtual machine's disk, in per cent. */
function share(size: number): string {
  const percent = (100 * size) / machineSize;
  return `${percent < 1 ? percent.toFixed(1) : Math.round(percent)} %`;
}
