/** The docker engine whose behaviour and words these are. */
export const DOCKER_VERSION = "28.5.2";

/** dockerd stacks no more layers than this. (moby, layer store `maxLayerDepth`) */
export const MAX_LAYER_DEPTH = 125;
