import { useCallback, useEffect, useState } from "react";
import type { Removal } from "../../engine/insight/removal.ts";
import type { StackTarget } from "../../engine/stack-view.ts";
import type { InsightName, Insights, Moment } from "../../host/insight.ts";
import { useApp, useAppStore } from "../context.ts";

export type Answer<T> =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly problem: string }
  /** null: it is not there, or not any more. */
  | { readonly is: "here"; readonly value: T | null };

/** Asks the host about what is in the layers; anew when the question changes. Asks nothing while it is null. */
export function useAnswer<N extends InsightName>(
  about: N,
  question: Insights[N]["question"] | null,
): Answer<NonNullable<Insights[N]["answer"]>> & { readonly retry: () => void } {
  const { client } = useAppStore();
  const key = question && JSON.stringify(question);
  const [tries, setTries] = useState(0);
  const asked = `${key} ${tries}`;
  const [got, setGot] = useState<{ asked: string; answer: Answer<NonNullable<Insights[N]["answer"]>> } | null>(null);
  useEffect(() => {
    if (key === null) return;
    let wanted = true;
    const take = (answer: Answer<NonNullable<Insights[N]["answer"]>>): void => {
      if (wanted) setGot({ asked, answer });
    };
    client.ask(about, JSON.parse(key) as Insights[N]["question"]).then(
      (value) => take({ is: "here", value: value as NonNullable<Insights[N]["answer"]> | null }),
      (error: unknown) => take({ is: "failed", problem: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [client, about, key, asked]);
  const retry = useCallback(() => setTries((count) => count + 1), []);
  return { ...(got?.asked === asked ? got.answer : { is: "loading" as const }), retry };
}

/** What `docker rmi` of an image, or of the image of a container, would do at the step that is shown; null until it is known. */
export function useRemoval(target: StackTarget | null): Removal | null {
  const step = useApp((state) => state.shown.step);
  const answer = useAnswer("removal", target && { target, step });
  return answer.is === "here" ? answer.value : null;
}

/** The stack that is looked at, at the step that is shown. */
export function useMoment(): Moment | null {
  const target = useApp((state) => state.shown.view?.target ?? null);
  const step = useApp((state) => state.shown.step);
  return target && { target, step };
}
