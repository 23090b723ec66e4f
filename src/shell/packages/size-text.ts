/** apt's sizes: "6924 ", "1735 k", "41.9 M", to be followed by "B". Powers of 1000. (apt-pkg/contrib/strutl.cc, SizeToStr) */
export function sizeText(bytes: number): string {
  let size = Math.abs(bytes);
  for (const [power, unit] of ["", "k", "M", "G", "T"].entries()) {
    if (size < 100 && power !== 0) return `${size.toFixed(1)} ${unit}`;
    if (size < 10_000) return `${size.toFixed(0)} ${unit}`;
    size /= 1000;
  }
  return `${size.toFixed(0)} P`;
}
