/** The form of what lies outside the layers: a drum, where a layer is a sheet. Dashed: in memory only. */
export function Cylinder({ width, height, dashed = false }: { width: number; height: number; dashed?: boolean }) {
  const lid = lidOf(height);
  const [left, right] = [1, width - 1];
  const radius = (right - left) / 2;
  const side = `M ${left} ${lid} V ${height - lid} A ${radius} ${lid - 1} 0 0 0 ${right} ${height - lid} V ${lid}`;
  return (
    <svg className="cylinder" width={width} height={height} data-dashed={dashed} aria-hidden>
      <path className="cylinder-body" d={`${side} A ${radius} ${lid - 1} 0 0 0 ${left} ${lid} Z`} />
      <ellipse className="cylinder-lid" cx={width / 2} cy={lid} rx={radius} ry={lid - 1} />
      <path className="cylinder-rim" d={`M ${left} ${lid + 5} A ${radius} ${lid - 1} 0 0 0 ${right} ${lid + 5}`} />
    </svg>
  );
}

/** Half the height of its lid, px. */
export const lidOf = (height: number): number => (height < 70 ? 6 : 12);
