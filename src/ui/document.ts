import { useEffect } from "react";
import type { Lesson } from "../content/lessons/lesson.ts";
import { useApp, useText } from "./context.ts";

/** The document's own attributes follow the preferences. A lesson names the page itself, once its text is here. */
export function useDocument(lesson: Lesson | null = null): void {
  const text = useText();
  const { theme } = useApp((state) => state.preferences);
  useEffect(() => {
    document.documentElement.lang = text.tag;
    if (!lesson) document.title = text.app.title;
  }, [text, lesson]);
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
}
