import { ArrowRight, GraduationCap } from "lucide-react";
import { useState } from "react";
import { lessonFolders, loadLesson } from "../../content/lessons/index.ts";
import { keptProgress } from "../../state/progress.ts";
import { late } from "../components/late.tsx";
import { useLearn, useLoaded } from "./context.ts";
import { progressStore } from "./progress-store.ts";
import "./lessons.css";

const CourseDialog = late(async () => (await import("./course.tsx")).CourseDialog);

async function lessonsDone(): Promise<number> {
  const { lessons } = keptProgress(progressStore());
  const all = await Promise.all(lessonFolders.map(loadLesson));
  return all.filter(({ id }) => lessons[id]?.done).length;
}

/** The way from an empty host to the lessons; who has begun sees how far. */
export function LessonInvitation() {
  const learn = useLearn();
  const done = useLoaded("done", lessonsDone);
  const [open, setOpen] = useState(false);
  if (!learn) return <div className="invitation" />;
  const words = learn.lessons;
  return (
    <>
      <button type="button" className="button invitation" onClick={() => setOpen(true)}>
        <GraduationCap size={15} aria-hidden />
        {done ? words.goOn(done, lessonFolders.length) : words.invitation}
        <ArrowRight size={14} aria-hidden />
      </button>
      {open && <CourseDialog close={() => setOpen(false)} />}
    </>
  );
}
