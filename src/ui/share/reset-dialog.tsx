import { Dialog } from "../components/dialog.tsx";
import { useAppStore, useText } from "../context.ts";

/** Everything on this host goes; asked once. */
export function ResetDialog({ close }: { close: () => void }) {
  const { client } = useAppStore();
  const text = useText();
  return (
    <Dialog title={text.app.resetHost} close={close}>
      <p>{text.app.resetSure}</p>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={close}>
          {text.app.cancel}
        </button>
        <button type="button" className="button-main" onClick={() => void client.reset().then(() => location.reload())}>
          {text.app.resetYes}
        </button>
      </div>
    </Dialog>
  );
}
