import { type Token, type Tokens, lexer } from "marked";
import { type ReactNode, useMemo } from "react";

/**
 * Markdown as elements. Nothing becomes HTML: tags in the source show as they are written, and only addresses of the
 * web become links, so a text from a stranger's link does no harm.
 */
export function Markdown({ source }: { source: string }) {
  const tokens = useMemo(() => lexer(joinedLines(source)), [source]);
  return blocks(tokens);
}

/** The same for a few words inside a line. */
export function MarkdownLine({ source }: { source: string }) {
  const tokens = useMemo(() => lexer(joinedLines(source)), [source]);
  return tokens.flatMap((token) => ("tokens" in token && token.tokens ? inline(token.tokens) : [token.raw]));
}

const HAN = String.raw`\p{Script=Han}`;
const STOPS = "\u3001-\u303f\uff00-\uffef\u201c\u201d\u2026";
/** Chinese has no spaces between words: where the author broke the line there is none either. */
const NO_SPACE = new RegExp(
  `(?<=[${STOPS}])\\n(?=[^\\s>#|-])|(?<=${HAN})\\n(?=${HAN})|(?<=\\S)\\n(?=[${STOPS}])`,
  "gu",
);

/** The source with the line breaks inside Chinese sentences taken out. */
export const joinedLines = (source: string): string => source.replaceAll(NO_SPACE, "");

function blocks(tokens: readonly Token[]): ReactNode[] {
  // The words of a text have no identity but their place.
  return tokens.map((token, index) => block(token, String(index)));
}

function block(token: Token, key: string): ReactNode {
  switch (token.type) {
    case "space":
    case "def":
      return null;
    case "heading":
      return <h3 key={key}>{inline((token as Tokens.Heading).tokens)}</h3>;
    case "paragraph":
      return <p key={key}>{inline((token as Tokens.Paragraph).tokens)}</p>;
    case "blockquote":
      return <blockquote key={key}>{blocks((token as Tokens.Blockquote).tokens)}</blockquote>;
    case "code":
      return (
        <pre key={key} className="command">
          <code>{(token as Tokens.Code).text}</code>
        </pre>
      );
    case "hr":
      return <hr key={key} />;
    case "list": {
      const list = token as Tokens.List;
      const items = list.items.map((item, index) => <li key={`${key}.${index}`}>{blocks(item.tokens)}</li>);
      return list.ordered ? <ol key={key}>{items}</ol> : <ul key={key}>{items}</ul>;
    }
    case "text": {
      const { tokens, text } = token as Tokens.Text;
      return <span key={key}>{tokens ? inline(tokens) : text}</span>;
    }
    case "table": {
      const table = token as Tokens.Table;
      return (
        <table key={key}>
          <thead>
            <tr>
              {table.header.map((cell, index) => (
                <th key={index}>{inline(cell.tokens)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column}>{inline(cell.tokens)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    }
    default:
      return <p key={key}>{token.raw}</p>;
  }
}

function inline(tokens: readonly Token[]): ReactNode[] {
  return tokens.map((token, index) => {
    const key = String(index);
    switch (token.type) {
      case "strong":
        return <strong key={key}>{inline((token as Tokens.Strong).tokens)}</strong>;
      case "em":
        return <em key={key}>{inline((token as Tokens.Em).tokens)}</em>;
      case "del":
        return <s key={key}>{inline((token as Tokens.Del).tokens)}</s>;
      case "codespan":
        return <code key={key}>{(token as Tokens.Codespan).text}</code>;
      case "br":
        return <br key={key} />;
      case "link": {
        const { href, tokens: words } = token as Tokens.Link;
        if (!/^https?:\/\//i.test(href)) return <span key={key}>{inline(words)}</span>;
        return (
          <a key={key} href={href} target="_blank" rel="noreferrer noopener">
            {inline(words)}
          </a>
        );
      }
      case "escape":
      case "text":
        return "tokens" in token && token.tokens ? inline(token.tokens) : (token as Tokens.Text).text;
      default:
        return token.raw;
    }
  });
}
