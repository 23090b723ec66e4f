import { useText } from "../context.ts";
import "./stage.css";

/** What stands on the stage while the host opens. The HTML has the same words, before any script has come. */
export function Opening() {
  const text = useText();
  return (
    <div className="stage-opening">
      <p className="stage-what">{text.app.what}</p>
      <p role="status">{text.app.opening}</p>
    </div>
  );
}
