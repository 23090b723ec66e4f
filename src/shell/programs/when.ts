const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const LONG_MONTHS = "January February March April May June July August September October November December".split(" ");
const pad = (value: number, width = 2, fill = "0"): string => String(value).padStart(width, fill);

/** As ls -l: "Nov 23 18:01", or "May 22  2024" when older than half a year or in the future. `seconds` and `now` (ms) since 1970. */
export function shortTime(seconds: number, now: number): string {
  const date = new Date(seconds * 1000);
  const age = now / 1000 - seconds;
  const recent = age >= -3600 && age < 15_778_476;
  const time = recent ? `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}` : ` ${date.getUTCFullYear()}`;
  return `${MONTHS[date.getUTCMonth()]} ${pad(date.getUTCDate(), 2, " ")} ${time}`;
}

/** strftime(3) in the C locale and UTC. `ms` since 1970. */
export function strftime(format: string, ms: number): string {
  const date = new Date(ms);
  const day = date.getUTCDay();
  const year = date.getUTCFullYear();
  const start = Date.UTC(year, 0, 1);
  const dayOfYear = Math.floor((ms - start) / 86_400_000) + 1;
  const hours = date.getUTCHours();
  return format.replace(/%([-_0^#]?)([a-zA-Z%+])/g, (whole, flag: string, code: string) => {
    const number = (value: number, width = 2, fill = "0") =>
      flag === "-" ? String(value) : pad(value, width, flag === "_" ? " " : flag === "0" ? "0" : fill);
    switch (code) {
      case "Y":
        return String(year);
      case "C":
        return number(Math.floor(year / 100));
      case "y":
        return number(year % 100);
      case "m":
        return number(date.getUTCMonth() + 1);
      case "d":
        return number(date.getUTCDate());
      case "e":
        return number(date.getUTCDate(), 2, " ");
      case "H":
        return number(hours);
      case "k":
        return number(hours, 2, " ");
      case "I":
        return number(hours % 12 || 12);
      case "l":
        return number(hours % 12 || 12, 2, " ");
      case "M":
        return number(date.getUTCMinutes());
      case "S":
        return number(date.getUTCSeconds());
      case "N":
        return pad((ms % 1000) * 1_000_000, 9);
      case "s":
        return String(Math.floor(ms / 1000));
      case "j":
        return number(dayOfYear, 3);
      case "u":
        return String(day || 7);
      case "w":
        return String(day);
      case "a":
        return DAYS[day]?.slice(0, 3) ?? "";
      case "A":
        return DAYS[day] ?? "";
      case "b":
      case "h":
        return MONTHS[date.getUTCMonth()] ?? "";
      case "B":
        return LONG_MONTHS[date.getUTCMonth()] ?? "";
      case "p":
        return hours < 12 ? "AM" : "PM";
      case "Z":
        return "UTC";
      case "z":
        return "+0000";
      case "F":
        return strftime("%Y-%m-%d", ms);
      case "T":
      case "X":
        return strftime("%H:%M:%S", ms);
      case "R":
        return strftime("%H:%M", ms);
      case "D":
      case "x":
        return strftime("%m/%d/%y", ms);
      case "r":
        return strftime("%I:%M:%S %p", ms);
      case "c":
        return strftime("%a %b %e %H:%M:%S %Y", ms);
      case "n":
        return "\n";
      case "t":
        return "\t";
      case "%":
        return "%";
      default:
        return whole;
    }
  });
}

/** What `date -d` and `touch -d` take: ISO forms, "@seconds", "now", "yesterday", "2 days ago", "+1 hour". ms, or null. */
export function parseWhen(text: string, now: number): number | null {
  const trimmed = text.trim();
  if (/^@-?\d+(\.\d+)?$/.test(trimmed)) return Math.floor(Number(trimmed.slice(1)) * 1000);
  const words: Readonly<Record<string, number>> = {
    now: 0,
    today: 0,
    "": 0,
    yesterday: -86_400_000,
    tomorrow: 86_400_000,
  };
  const word = words[trimmed.toLowerCase()];
  if (word !== undefined) return now + word;
  const relative = /^([+-]?\d+)\s*(second|sec|minute|min|hour|day|week|month|year)s?(\s+ago)?$/i.exec(trimmed);
  if (relative) {
    const units: Readonly<Record<string, number>> = {
      sec: 1,
      second: 1,
      min: 60,
      minute: 60,
      hour: 3600,
      day: 86_400,
      week: 604_800,
      month: 2_592_000,
      year: 31_536_000,
    };
    const amount = Number(relative[1]) * (units[(relative[2] ?? "").toLowerCase()] ?? 0) * 1000;
    return now + (relative[3] ? -amount : amount);
  }
  const iso =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?(?:\.\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/.exec(
      trimmed,
    );
  if (iso) {
    const [, year, month, day, hour = "0", minute = "0", second = "0", zone] = iso;
    const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
    const offset =
      zone && /^[+-]/.test(zone) ? Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) : 0;
    return utc - offset * 60_000;
  }
  const parsed = Date.parse(/\b(UTC|GMT|Z)\b/.test(trimmed) ? trimmed : `${trimmed} UTC`);
  return Number.isNaN(parsed) ? null : parsed;
}

/** touch -t: [[CC]YY]MMDDhhmm[.ss]. ms, or null. */
export function parseStamp(text: string, now: number): number | null {
  const parts = /^(\d{2})?(\d{2})?(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(text);
  if (!parts) return null;
  const digits = text.split(".")[0]?.length ?? 0;
  const year =
    digits === 12
      ? Number(text.slice(0, 4))
      : digits === 10
        ? 2000 + Number(text.slice(0, 2)) - (Number(text.slice(0, 2)) > 68 ? 100 : 0)
        : new Date(now).getUTCFullYear();
  const rest = text.slice(digits - 8);
  return Date.UTC(
    year,
    Number(rest.slice(0, 2)) - 1,
    Number(rest.slice(2, 4)),
    Number(rest.slice(4, 6)),
    Number(rest.slice(6, 8)),
    Number(parts[7] ?? 0),
  );
}
