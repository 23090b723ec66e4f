import { useMemo } from "react";
import type { Lesson } from "../../content/lessons/lesson.ts";
import { createLessonStore } from "../../state/lesson.ts";
import { useAppStore } from "../context.ts";
import { LessonContext } from "./context.ts";
import { LessonPanel } from "./panel.tsx";
import { progressStore } from "./progress-store.ts";

/** A lesson with what is known of it, beside the page's host. */
export function LessonSide({ lesson }: { lesson: Lesson }) {
  const app = useAppStore();
  const store = useMemo(() => createLessonStore(app, lesson, progressStore()), [app, lesson]);
  return (
    <LessonContext value={store}>
      <LessonPanel />
    </LessonContext>
  );
}
