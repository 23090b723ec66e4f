import { type ComponentType, type ReactElement, Suspense, lazy } from "react";

/**
 * A component that is loaded when it is first drawn, so that the first load need not carry it. Until it is
 * here nothing stands in its place: for dialogs and views that somebody opens.
 */
export function late<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => ReactElement {
  const Late = lazy(async () => ({ default: await load() })) as unknown as ComponentType<P>;
  return (props) => (
    <Suspense fallback={null}>
      <Late {...props} />
    </Suspense>
  );
}
