/** Initials on a colour that belongs to the role. */
export function Avatar({ name, role, size = 40 }: { name: string; role?: string; size?: number }) {
  return (
    <span
      className="avatar"
      data-role={role ?? 'none'}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => {
    const first = word ? [...new Intl.Segmenter().segment(word)][0] : undefined;
    return first?.segment ?? '';
  });
  return letters.join('').toUpperCase();
}
