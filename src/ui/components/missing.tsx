import { useEffect } from "react";
import { useText } from "../context.ts";

/** Stands where a part of the page did not come; it is asked for again with the network, or by hand. */
export function Missing({ again }: { again: () => void }) {
  const text = useText();
  useEffect(() => {
    window.addEventListener("online", again);
    return () => window.removeEventListener("online", again);
  });
  return (
    <p className="missing" role="alert">
      {text.app.missing}{" "}
      <button type="button" className="button" onClick={again}>
        {text.app.again}
      </button>
    </p>
  );
}
