import { type ComponentType, type ReactNode, useLayoutEffect, useState } from "react";

/**
 * A component that is loaded when it is first drawn, so that the first load need not carry it. Until it is
 * here `meanwhile` stands in its place: nothing, for dialogs and views that somebody opens. What has come is
 * drawn at once; `lazy` of React's would hold it back for up to 300 ms, lest places fill one by one.
 */
export function late<P extends object>(
  load: () => Promise<ComponentType<P>>,
  meanwhile: ReactNode = null,
): (props: P) => ReactNode {
  let here: ComponentType<P> | null = null;
  return function Late(props) {
    const [Component, setComponent] = useState(() => here);
    useLayoutEffect(() => {
      if (Component) return;
      const come = (component: ComponentType<P>): void => {
        here = component;
        setComponent(() => component);
      };
      // Said where the component would be drawn: by whatever catches what goes wrong there.
      const fail = (problem: unknown): void =>
        setComponent(() => {
          throw problem;
        });
      load().then(come, fail);
    }, [Component]);
    return Component ? <Component {...props} /> : meanwhile;
  };
}
