import type { Connect, Plugin } from "vite";

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
    configureServer({ middlewares }) {
      middlewares.use(forEveryone);
      middlewares.use((request, _response, next) => {
        if (isElement(request)) request.url = `/${SOURCE}`;
        next();
      });
    },
    configurePreviewServer({ middlewares }) {
      middlewares.use(forEveryone);
    },
  };
}

const isElement = ({ url }: Connect.IncomingMessage): boolean => url?.replace(/\?.*$/, "") === `/${ENTRY}.js`;

/** Browsers run a module of another origin only with its leave. Static hosts give it by `_headers`. */
const forEveryone: Connect.NextHandleFunction = (request, response, next) => {
  if (isElement(request)) response.setHeader("Access-Control-Allow-Origin", "*");
  next();
};
