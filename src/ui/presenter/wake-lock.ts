import { useEffect } from "react";

/** The screen stays on while this is drawn. The browser lets it go with the tab, so it is taken again with it. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let over = false;
    const take = async (): Promise<void> => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      // Refused on a low battery, and where the page is not served securely: then the screen does as it likes.
      const taken = await navigator.wakeLock.request("screen").catch(() => null);
      if (over) return void taken?.release();
      lock = taken;
    };
    void take();
    document.addEventListener("visibilitychange", take);
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", take);
      void lock?.release();
    };
  }, []);
}
