import { GraduationCap, Monitor, Moon, Settings2, Share2, Sun } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { type LocaleTag, locales } from "../../content/locales/index.ts";
import type { Preferences } from "../../state/preferences.ts";
import { PAGE_VIEWS } from "../../state/store.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { Menu } from "../components/menu.tsx";
import { late } from "../components/late.tsx";
import { offline } from "../update/offline.ts";
import { OwnHosts } from "../share/own-hosts.tsx";
import { Breadcrumb } from "./breadcrumb.tsx";
import { Brand } from "./logo.tsx";

const PresentMenu = late(async () => (await import("../presenter/present-menu.tsx")).PresentMenu);
const CourseDialog = late(async () => (await import("../lessons/course.tsx")).CourseDialog);
const UpdateNotice = late(async () => (await import("../update/update-notice.tsx")).UpdateNotice);
const ShareDialog = late(async () => (await import("../share/share-dialog.tsx")).ShareDialog);

export function Header() {
  const store = useAppStore();
  const text = useText();
  const view = useApp((state) => state.pageView);
  const preferences = useApp((state) => state.preferences);
  const storage = useApp((state) => state.storage);
  const kept = useStore(offline, (state) => state.ready);
  const [dialog, setDialog] = useState<"share" | "course" | null>(null);
  const other: LocaleTag = preferences.locale === "en" ? "zh-CN" : "en";
  const ThemeIcon = { system: Monitor, light: Sun, dark: Moon }[preferences.theme];
  const choices = <K extends "theme" | "motion">(key: K, names: Record<Preferences[K], string>) =>
    (Object.keys(names) as Preferences[K][]).map((value) => ({
      label: names[value],
      checked: preferences[key] === value,
      act: () => void store.setPreferences({ [key]: value }),
    }));
  return (
    <header className="header">
      <Brand />
      <div className="switch" role="group" aria-label={text.app.views}>
        {PAGE_VIEWS.map((one, index) => (
          <button
            key={one}
            type="button"
            aria-pressed={view === one}
            aria-keyshortcuts={String(index + 1)}
            title={text.app.viewKey(index + 1)}
            onClick={() => store.setPageView(one)}
          >
            {text.app[one]}
          </button>
        ))}
      </div>
      <Breadcrumb />
      <span className="spacer" />
      {storage?.kind === "memory" && (
        <span className="chip chip-warning" title={text.storage.memoryWhat(storage.reason)}>
          {text.storage.memory}
        </span>
      )}
      <button type="button" className="button course-button" onClick={() => setDialog("course")}>
        <GraduationCap size={15} aria-hidden />
        <span>{text.app.lessons}</span>
      </button>
      <PresentMenu />
      <OwnHosts />
      <Menu
        label={text.app.settings}
        className="icon-button"
        groups={[
          { title: text.app.theme, items: choices("theme", text.app.themes) },
          { title: text.app.motion, items: choices("motion", text.app.motions) },
          {
            title: text.app.language,
            items: (Object.keys(locales) as LocaleTag[]).map((locale) => ({
              label: locales[locale].name,
              checked: preferences.locale === locale,
              act: () => void store.setPreferences({ locale }),
            })),
          },
          { title: kept ? text.app.offline : text.app.online, items: [] },
        ]}
      >
        {preferences.theme === "system" ? <Settings2 size={16} aria-hidden /> : <ThemeIcon size={16} aria-hidden />}
      </Menu>
      <button
        type="button"
        className="button language"
        lang={other}
        onClick={() => void store.setPreferences({ locale: other })}
      >
        {locales[other].name}
      </button>
      <button type="button" className="button-main" onClick={() => setDialog("share")}>
        <Share2 size={14} aria-hidden />
        <span>{text.app.share}</span>
      </button>
      <UpdateNotice />
      {dialog === "course" && <CourseDialog close={() => setDialog(null)} />}
      {dialog === "share" && <ShareDialog close={() => setDialog(null)} />}
    </header>
  );
}
