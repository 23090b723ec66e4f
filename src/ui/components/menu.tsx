import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import "./components.css";

export interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  /** Set for a choice among several. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly act: () => void;
}

export type MenuGroup = { readonly title?: string; readonly items: readonly MenuItem[] };

interface MenuProps {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
  readonly groups: readonly MenuGroup[];
  readonly align?: "start" | "end";
}

/** A button that opens a list of things to do; arrow keys, Home, End, Escape as menus have them. */
export function Menu({ label, className = "button", children, groups, align = "end" }: MenuProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>("[role^=menuitem]:not(:disabled)")?.focus();
    const outside = (event: PointerEvent): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const items = [...(root.current?.querySelectorAll<HTMLElement>("[role^=menuitem]:not(:disabled)") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to =
      event.key === "ArrowDown"
        ? (at + 1) % items.length
        : event.key === "ArrowUp"
          ? (at - 1 + items.length) % items.length
          : event.key === "Home"
            ? 0
            : event.key === "End"
              ? items.length - 1
              : -1;
    if (open && event.key === "Escape") close();
    else if (open && event.key === "Tab") setOpen(false);
    else if (open && to >= 0) items[to]?.focus();
    else return;
    if (event.key !== "Tab") event.preventDefault();
  };

  return (
    <div className="menu" ref={root} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <div className="menu-list" id={id} role="menu" aria-label={label} data-align={align}>
          {groups.map((group, index) => (
            <div key={group.title ?? index} role="group" aria-label={group.title ?? label} className="menu-group">
              {group.title && (
                <div className="menu-title" aria-hidden>
                  {group.title}
                </div>
              )}
              {group.items.map((item) => (
                <button
                  key={item.label}
                  type="button"
                  tabIndex={-1}
                  className="menu-item"
                  disabled={item.disabled}
                  role={item.checked === undefined ? "menuitem" : "menuitemradio"}
                  aria-checked={item.checked}
                  onClick={() => {
                    close();
                    item.act();
                  }}
                >
                  <span className="menu-icon" aria-hidden>
                    {item.checked === undefined ? item.icon : item.checked ? "✓" : ""}
                  </span>
                  {item.label}
                </button>
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
