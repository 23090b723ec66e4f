// npm run dev: the catalogue, then vite with live reload.
import { installDependencies, run } from "./install.mjs";

installDependencies();
run("npm", ["run", "-s", "catalogue"]);
const { createServer } = await import("vite");
const server = await createServer({
  server: { port: Number(process.env.PORT ?? 5173), strictPort: true, host: "127.0.0.1" },
});
await server.listen();
server.printUrls();
