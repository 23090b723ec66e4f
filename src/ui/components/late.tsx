import { type ComponentType, type ReactNode, useLayoutEffect, useState } from "react";
import { Missing } from "./missing.tsx";

/**
 * A component that is loaded when it is first drawn, so that the first load need not carry it. Until it is
 * here `meanwhile` stands in its place: nothing, for dialogs and views that somebody opens. What has come is
 * drawn at once; `lazy` of React's would hold it back for up to 300 ms, lest places fill one by one. Where it
 * does not come, as without a network before all was kept, its place says so and the rest of the page goes on.
 */
export function late<P extends object>(
  load: () => Promise<ComponentType<P>>,
  meanwhile: ReactNode = null,
): (props: P) => ReactNode {
  let here: ComponentType<P> | null = null;
  return function Late(props) {
    const [Component, setComponent] = useState(() => here);
    const [missing, setMissing] = useState(false);
    useLayoutEffect(() => {
      if (Component || missing) return;
      const come = (component: ComponentType<P>): void => {
        here = component;
        setComponent(() => component);
      };
      load().then(come, () => setMissing(true));
    }, [Component, missing]);
    if (missing) return <Missing again={() => setMissing(false)} />;
    return Component ? <Component {...props} /> : meanwhile;
  };
}
