export function Explorer() {
  return <aside className="explorer" />;
}
