import { generate } from "lean-qr";
import { toSvgSource } from "lean-qr/extras/svg";
import { ArrowLeft } from "lucide-react";
import { useMemo } from "react";
import { useText } from "../context.ts";
import { useLearn } from "../lessons/context.ts";

/** The address as a picture to be scanned, dark on light in every theme; null when it is too long for one. */
export function qrImage(address: string): string | null {
  try {
    const source = toSvgSource(generate(address), {
      on: "#000",
      off: "#fff",
      padX: 4,
      padY: 4,
      width: null,
      height: null,
    });
    return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  } catch {
    return null;
  }
}

/** The address to be scanned off the screen. */
export function QrCode({ address, back }: { address: string; back: () => void }) {
  const text = useText();
  const words = useLearn()?.share;
  const image = useMemo(() => qrImage(address), [address]);
  return (
    <div className="share-qr">
      <img src={image ?? ""} alt={words?.qrName ?? text.share.link} />
      <button type="button" className="button" onClick={back}>
        <ArrowLeft size={14} aria-hidden />
        {words?.back}
      </button>
    </div>
  );
}
