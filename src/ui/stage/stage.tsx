export function Stage() {
  return <div className="stage" />;
}
