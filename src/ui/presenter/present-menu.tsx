import { MonitorUp, Presentation } from "lucide-react";
import { Menu } from "../components/menu.tsx";
import { useLearn } from "../lessons/context.ts";
import { start } from "./presenting.ts";
import "./present-menu.css";

/** Two ways to show this to a class. */
export function PresentMenu() {
  const words = useLearn()?.classroom;
  if (!words) return null;
  return (
    <div className="present-menu">
      <Menu
        label={words.present}
        className="icon-button"
        groups={[
          {
            title: words.present,
            items: [
              { label: words.here, icon: <Presentation size={14} />, act: () => start("projector") },
              { label: words.two, icon: <MonitorUp size={14} />, act: () => start("presenter") },
            ],
          },
        ]}
      >
        <Presentation size={16} aria-hidden />
      </Menu>
    </div>
  );
}
