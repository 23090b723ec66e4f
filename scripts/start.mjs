// npm start: from a fresh clone with only Node and git: installs, builds, serves, prints the address.
import { installDependencies, run } from "./install.mjs";

installDependencies();
run("npm", ["run", "-s", "build"]);
const { preview } = await import("vite");
const server = await preview({
  preview: { port: Number(process.env.PORT ?? 4173), strictPort: true, host: "127.0.0.1" },
});
console.log("\nLamina is at:");
server.printUrls();
