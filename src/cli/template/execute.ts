import { CallError, functions } from "./functions.ts";
import { type Node, type Operand, parseTemplate, type Pipe, TemplateError } from "./parse.ts";
import { isStruct, Nil, show, truth, type Value } from "./value.ts";

export interface TemplateOptions {
  /** What text/template says of a field that a struct has not. */
  missing(field: string): string;
  /** Functions that stand in for the usual ones (headers of tables). */
  functions?: typeof functions;
}

type Variables = ReadonlyMap<string, Value>;

/** A parsed template; {@link Template.run} throws {@link TemplateError} with text/template's message. */
export class Template {
  readonly #source: string;
  readonly #nodes: readonly Node[];

  constructor(source: string) {
    this.#source = source;
    this.#nodes = parseTemplate(source);
  }

  run(data: Value, options: TemplateOptions): string {
    return new Execution(this.#source, options).list(this.#nodes, data, new Map([["$", data]]));
  }
}

class Execution {
  readonly #source: string;
  readonly #options: TemplateOptions;

  constructor(source: string, options: TemplateOptions) {
    this.#source = source;
    this.#options = options;
  }

  list(nodes: readonly Node[], dot: Value, outer: Variables): string {
    let variables = outer;
    let out = "";
    for (const node of nodes) {
      if (node.kind === "text") out += node.text;
      else if (node.kind === "action") {
        const value = this.#pipe(node.pipe, dot, variables);
        const [name] = node.pipe.variables;
        if (name === undefined) out += show(value);
        else variables = new Map([...variables, [name, value]]);
      } else if (node.kind === "range") out += this.#range(node, dot, variables);
      else out += this.#branch(node, dot, variables);
    }
    return out;
  }

  #branch(node: Extract<Node, { pipe: Pipe; body: unknown }>, dot: Value, variables: Variables): string {
    const value = this.#pipe(node.pipe, dot, variables);
    const [name] = node.pipe.variables;
    const inner = name === undefined ? variables : new Map([...variables, [name, value]]);
    if (!truth(value)) return this.list(node.otherwise, dot, inner);
    return this.list(node.body, node.kind === "with" ? value : dot, inner);
  }

  #range(node: Extract<Node, { pipe: Pipe; body: unknown }>, dot: Value, variables: Variables): string {
    const value = this.#pipe(node.pipe, dot, variables);
    const entries = this.#entries(value);
    if (entries.length === 0) return this.list(node.otherwise, dot, variables);
    const names = node.pipe.variables;
    return entries
      .map(([key, item]) => {
        const bound: [string, Value][] =
          names.length === 2
            ? [
                [names[0] ?? "", key],
                [names[1] ?? "", item],
              ]
            : names.map((name) => [name, item]);
        return this.list(node.body, item, new Map([...variables, ...bound]));
      })
      .join("");
  }

  #entries(value: Value): [Value, Value][] {
    if (value === null || value === undefined || value instanceof Nil) return [];
    if (Array.isArray(value)) return value.map((item: Value, index) => [index, item]);
    if (value instanceof Map) return [...value].toSorted(([a], [b]) => (a < b ? -1 : 1));
    if (typeof value === "number") return Array.from({ length: value }, (_, index) => [index, index]);
    throw new TemplateError(`template: :1: range can't iterate over ${show(value)}`);
  }

  #pipe(pipe: Pipe, dot: Value, variables: Variables): Value {
    let piped: readonly Value[] = [];
    for (const command of pipe.commands) piped = [this.#command(command, piped, dot, variables)];
    return piped[0];
  }

  #command(command: readonly Operand[], piped: readonly Value[], dot: Value, variables: Variables): Value {
    const [head, ...rest] = command;
    if (!head) return undefined;
    const operands = [...rest.map((operand) => this.#operand(operand, dot, variables)), ...piped];
    if (head.kind === "function") return this.#call(head, operands);
    const value = head.kind === "field" ? this.#field(head, dot, variables) : this.#operand(head, dot, variables);
    if (typeof value === "function") return value(...operands);
    if (operands.length === 0) return value;
    const [text, at] = head.kind === "field" ? [head.text, head.at] : ["", 0];
    return this.#fail(at, text, `can't give argument to non-function ${text}`);
  }

  #operand(operand: Operand, dot: Value, variables: Variables): Value {
    switch (operand.kind) {
      case "literal":
        return operand.value;
      case "dot":
        return dot;
      case "variable":
        return variables.get(operand.name);
      case "function":
        return this.#call(operand, []);
      case "pipe":
        return this.#pipe(operand.pipe, dot, variables);
      case "field": {
        const value = this.#field(operand, dot, variables);
        return typeof value === "function" ? value() : value;
      }
    }
  }

  #field(operand: Extract<Operand, { kind: "field" }>, dot: Value, variables: Variables): Value {
    return operand.fields.reduce(
      (value: Value, field) => {
        if (value instanceof Map) return value.get(field);
        if (isStruct(value) && Object.hasOwn(value, field)) return value[field];
        if (value === undefined || value === null || value instanceof Nil) {
          if (value instanceof Nil && value.shown === "map[]") return undefined;
          return this.#fail(operand.at, operand.text, `nil pointer evaluating interface {}.${field}`);
        }
        return this.#fail(operand.at, operand.text, this.#options.missing(field));
      },
      this.#operand(operand.base, dot, variables),
    );
  }

  #call(operand: Extract<Operand, { kind: "function" }>, operands: readonly Value[]): Value {
    const call = (this.#options.functions ?? functions)[operand.name];
    try {
      return call?.(...operands);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      return this.#fail(operand.at, operand.name, `error calling ${operand.name}: ${error.message}`);
    }
  }

  #fail(at: number, text: string, message: string): never {
    const before = this.#source.slice(0, at);
    const line = before.split("\n").length;
    const column = at - (before.lastIndexOf("\n") + 1);
    throw new TemplateError(`template: :${line}:${column}: executing "" at <${text}>: ${message}`);
  }
}
