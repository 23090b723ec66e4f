import type { Plugin } from "vite";

const SOURCE = "src/lamina-scene.ts";
const ENTRY = "lamina-scene";

/**
 * `lamina-scene.js` beside the page, under a name that never changes: pages elsewhere have it in a script tag. In the
 * build it is an entry of its own, in development the source answers to that name.
 */
export function sceneElement(): Plugin {
  return {
    name: "lamina:scene-element",
    config: () => ({
      build: {
        rolldownOptions: {
          input: { [ENTRY]: SOURCE },
          output: {
            entryFileNames: ({ name }) => (name === ENTRY ? `${ENTRY}.js` : "assets/[name]-[hash].js"),
          },
        },
      },
    }),
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = request.url?.replace(/\?.*$/, "");
        if (path === `/${ENTRY}.js`) request.url = `/${SOURCE}`;
        next();
      });
    },
  };
}
