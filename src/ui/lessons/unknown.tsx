import { useState } from "react";
import { ownAddress } from "./address.ts";
import { CourseDialog } from "./course.tsx";

/** The address asks for a lesson that there is not: said in words, with those that there are. */
export function UnknownLesson({ id }: { id: string }) {
  const [open, setOpen] = useState(true);
  const close = (): void => {
    setOpen(false);
    history.replaceState(null, "", ownAddress());
  };
  return open && <CourseDialog unknown={id} close={close} />;
}
