// What the words of the article do to its scenes: `data-step` shows a moment, `data-run` types a line.
for (const button of document.querySelectorAll("button[aria-controls]")) {
  button.addEventListener("click", () => {
    const scene = document.getElementById(button.getAttribute("aria-controls"));
    const { step, run } = button.dataset;
    // Refused when the scene could not be opened; that says so itself.
    const done = run === undefined ? scene.goto(Number(step)) : scene.run(run);
    done.catch(() => undefined);
    scene.scrollIntoView({ block: "nearest" });
  });
}
