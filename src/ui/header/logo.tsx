/** Three sheets, the top one writable. Also in `public/icon.svg`. */
export function Logo() {
  return (
    <svg width="24" height="24" viewBox="0 0 32 32" fill="none" aria-hidden>
      <path d="M16 4 29 10.5 16 17 3 10.5Z" fill="#f0a020" />
      <path d="m3 16 13 6.5L29 16" stroke="#3f7be0" strokeWidth="2.6" strokeLinejoin="round" strokeLinecap="round" />
      <path d="m3 21.5 13 6.5 13-6.5" stroke="#6a63d8" strokeWidth="2.6" strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  );
}

/** Whose page it is: the only part of the header that needs nothing. */
export function Brand() {
  return (
    <h1 className="brand">
      <Logo />
      <span>Lamina</span>
    </h1>
  );
}
