import { useEffect, useState } from "react";
import { useAppStore, useText } from "../context.ts";
import { openFile } from "./open-file.ts";
import "./share.css";

/** A scene's file, or a picture of one, dropped anywhere on the page opens as a scene. */
export function DropScene() {
  const store = useAppStore();
  const text = useText();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const carries = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const onOver = (event: DragEvent): void => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (!file || event.defaultPrevented) return;
      event.preventDefault();
      void openFile(store, file);
    };
    addEventListener("dragover", onOver);
    addEventListener("dragleave", onLeave);
    addEventListener("drop", onDrop);
    return () => {
      removeEventListener("dragover", onOver);
      removeEventListener("dragleave", onLeave);
      removeEventListener("drop", onDrop);
    };
  }, [store]);
  return over ? (
    <div className="drop-scene" aria-hidden>
      {text.scene.drop}
    </div>
  ) : null;
}
