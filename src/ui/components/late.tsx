import { type ComponentType, type ReactElement, type ReactNode, Suspense, lazy } from "react";

/**
 * A component that is loaded when it is first drawn, so that the first load need not carry it. Until it is
 * here `meanwhile` stands in its place: nothing, for dialogs and views that somebody opens.
 */
export function late<P extends object>(
  load: () => Promise<ComponentType<P>>,
  meanwhile: ReactNode = null,
): (props: P) => ReactElement {
  const Late = lazy(async () => ({ default: await load() })) as unknown as ComponentType<P>;
  return (props) => (
    <Suspense fallback={meanwhile}>
      <Late {...props} />
    </Suspense>
  );
}
