import { useLearn } from "../lessons/context.ts";
import { qrImage } from "../share/qr-code.tsx";

/** Longer addresses nobody types. */
const TYPED = 90;
/** What is only on this computer. */
const LOCAL = /^(file:|https?:\/\/(localhost|127\.|\[::1\]))/;

/** Pupils open the same scene, and are free in it: what they do is theirs. */
export function Invite({ address }: { address: string }) {
  const words = useLearn()?.classroom;
  if (!words) return null;
  const image = qrImage(address);
  return (
    <section className="class-invite" aria-label={words.invite}>
      <h2>{words.inviteText}</h2>
      {image ? <img src={image} alt={words.invite} /> : <p>{words.inviteLong}</p>}
      {address.length <= TYPED && <code>{address.replace(/^https?:\/\//, "")}</code>}
      {LOCAL.test(address) && <p>{words.inviteLocal}</p>}
    </section>
  );
}
