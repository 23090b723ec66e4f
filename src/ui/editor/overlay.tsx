import type { EditorRequest } from "../../host/protocol.ts";
import { useAppStore } from "../context.ts";

export default function EditorOverlay({ request }: { request: EditorRequest }) {
  const store = useAppStore();
  return (
    <button type="button" onClick={() => store.closeEditor()}>
      {request.path}
    </button>
  );
}
