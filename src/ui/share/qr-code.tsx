import { generate } from "lean-qr";
import { toSvgSource } from "lean-qr/extras/svg";
import { ArrowLeft } from "lucide-react";
import { useMemo } from "react";
import { useText } from "../context.ts";
import { useLearn } from "../lessons/context.ts";

/** The address to be scanned off the screen: dark on light in every theme. */
export function QrCode({ address, back }: { address: string; back: () => void }) {
  const text = useText();
  const words = useLearn()?.share;
  const source = useMemo(
    () => toSvgSource(generate(address), { on: "#000", off: "#fff", padX: 4, padY: 4, width: null, height: null }),
    [address],
  );
  return (
    <div className="share-qr">
      <img
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`}
        alt={words?.qrName ?? text.share.link}
      />
      <button type="button" className="button" onClick={back}>
        <ArrowLeft size={14} aria-hidden />
        {words?.back}
      </button>
    </div>
  );
}
