/** The machine is the host's; containers only see it. */
export { kernel, machine } from "../engine/host-machine.ts";
