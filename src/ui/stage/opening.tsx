import { useText } from "../context.ts";
import "./stage.css";

/** What stands on the stage while the host opens. */
export function Opening() {
  const text = useText();
  return (
    <p className="stage-words" role="status">
      {text.app.opening}
    </p>
  );
}
