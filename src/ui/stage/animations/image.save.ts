import { type Animation, imagePart, platePart, pulse, rowPart } from "./motion.ts";

/** All layers of the image lift off one after the other, from the bottom, and stay where they are. */
export const imageSave: Animation<"image.save"> = ({ event, after }) => {
  const layers = after.host.images.find(({ id }) => id === event.image)?.chain ?? [];
  const lifted = layers.flatMap((layer, index) =>
    [rowPart(layer), platePart(layer)].map((part) => ({
      part,
      phase: "enter" as const,
      keyframes: [{ transform: "none" }, { transform: "translateY(-14px)", offset: 0.4 }, { transform: "none" }],
      duration: 700,
      delay: Math.min(600, index * 90),
      easing: "ease-in-out",
    })),
  );
  return [...lifted, pulse(imagePart(event.image))];
};
