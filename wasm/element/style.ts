/** The look that all parts share. Hosts set the custom properties on `<sandan-planner>`; these are what stands without. */
import { css } from "lit";

export const theme = css`
  :host {
    --ink: var(--sandan-ink, #1d2733);
    --soft: var(--sandan-soft, #566372);
    --paper: var(--sandan-paper, #ffffff);
    --wash: var(--sandan-wash, #f3f6f8);
    --line: var(--sandan-line, #d5dde3);
    --accent: var(--sandan-accent, #0b6a78);
    --on-accent: var(--sandan-on-accent, #ffffff);
    --good: var(--sandan-good, #1d7a4c);
    --fair: var(--sandan-fair, #b7791f);
    --bad: var(--sandan-bad, #b3362b);
    --radius: var(--sandan-radius, 6px);
    font-family: var(--sandan-font, system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif);
    font-size: var(--sandan-size, 15px);
    line-height: 1.5;
    color: var(--ink);
  }
`;

export const shared = css`
  :host { display: block; }
  *, *::before, *::after { box-sizing: border-box; }
  h2 { font-size: 1.1em; margin: 1em 0 0.4em; }
  .minor { font-size: 1em; margin: 1em 0 0.3em; }
  p { margin: 0.4em 0; }
  .soft { color: var(--soft); }
  .bad { color: var(--bad); }
  .good { color: var(--good); }
  .number { font-variant-numeric: tabular-nums; text-align: right; }
  .bar { display: flex; flex-wrap: wrap; gap: 0.5em; align-items: end; margin: 0.5em 0; }
  .bar > span, .bar > strong { min-height: 2.3em; display: inline-flex; align-items: center; }
  button, select, input, .button {
    font: inherit; color: inherit; border: 1px solid var(--line); border-radius: var(--radius);
    background: var(--paper); padding: 0.35em 0.8em; min-height: 2.3em; max-width: 100%;
  }
  button, select { cursor: pointer; }
  button:hover:not(:disabled) { border-color: var(--accent); }
  button:disabled { opacity: 0.55; cursor: default; }
  button.main { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
  button.link { border: 0; background: none; padding: 0; min-height: 0; color: var(--accent); text-decoration: underline; text-align: left; }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  label { display: inline-flex; flex-direction: column; gap: 0.15em; font-size: 0.9em; color: var(--soft); }
  label > input, label > select { color: var(--ink); }
  table { border-collapse: collapse; width: 100%; }
  caption { text-align: left; color: var(--soft); padding: 0.2em 0; }
  th, td { padding: 0.35em 0.6em; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
  th { font-weight: 600; background: var(--wash); white-space: nowrap; }
  td.number, th.number { text-align: right; }
  td.number:first-child, th.number:first-child { width: 3em; }
  .bar select, .bar input { max-width: 16em; }
  .scroll { overflow: auto; max-width: 100%; border: 1px solid var(--line); border-radius: var(--radius); }
  details > summary { cursor: pointer; padding: 0.3em 0; color: var(--accent); }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: 0.4em 0; padding: 0.6em 0.8em; background: var(--wash); border-radius: var(--radius); }
  .answered { max-height: 50vh; overflow: auto; }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .empty { color: var(--soft); padding: 1.5em 0; }
  .tag { display: inline-block; border-radius: 1em; padding: 0 0.6em; font-size: 0.85em; background: var(--wash); border: 1px solid var(--line); }
  .tag.bad { border-color: var(--bad); }
`;
