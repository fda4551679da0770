/**
 * What a planner has on the desk: the lists, the plan of them, and every stage before and after, to undo and redo.
 *
 * Cases and plans are handles whose contents are Blobs, so a stage costs the page nothing and outlives any worker.
 */
import { Client, EngineFault, type KeptCase, type KeptPlan, type Later, type PlacedProblem } from "../js/client.js";
import type { Answer, Edit, Event as CaseEvent, Problem, Progress } from "../js/sandan.js";
import { wordsOf, type Lang, type Words } from "./words/index.js";

/** One stage: lists with the plan that was found before they changed. */
export interface Stage {
  /** The planner's own lists. */
  lists: KeptCase;
  /** What the plan is of. */
  case?: KeptCase;
  plan?: KeptPlan;
  /** What the lists have been through since the plan was found. */
  pending: { text: string; event?: CaseEvent; weight?: boolean }[];
  /** Against the plan before; its text is in one language. */
  difference?: Answer;
  spoken?: Lang;
  /** The plan that it was set beside, where nothing but the two was asked about. */
  against?: KeptPlan;
  cancelled?: boolean;
  /** What led here. */
  label: string;
}

/** A long piece of work. */
export interface Busy {
  text: string;
  progress?: Progress;
  /** A plan is at hand if the planner cancels. */
  hasPlan?: boolean;
  cancel: () => void;
}

/** What a failed run leaves. */
interface Failure {
  best?: KeptPlan;
  case?: KeptCase;
  lists?: KeptCase;
}

export type Source = Parameters<Client["read"]>[0];

/** The filter of the sessions, which other views set. */
export interface Filter {
  text?: string;
  place?: string;
  project?: string;
  period?: string;
  need?: string;
}

export class Desk extends EventTarget {
  lang: Lang = "zh";
  /** Faults and warnings of what was opened last. */
  problems: PlacedProblem[] = [];
  more = 0;
  faulty = false;
  now?: Stage;
  past: Stage[] = [];
  future: Stage[] = [];
  busy?: Busy;
  /** Said to the planner until something else happens. */
  notice?: { text: string; bad: boolean };
  filter: Filter = {};
  counts?: Record<string, number>;
  #client: Client;
  #source?: { source: Source; name?: string };

  constructor(client: Client) {
    super();
    this.#client = client;
  }

  /** Has the engine fetched before it is needed. */
  warm(): void {
    this.#client.warm();
  }

  get words(): Words {
    return wordsOf(this.lang);
  }

  /** Opens lists; what is wrong with them stands in `problems`. */
  async open(source: Source, name?: string): Promise<void> {
    this.#source = { source, name };
    await this.#work(this.words.reading, async (signal) => {
      const reading = await this.#client.read(source, { lang: this.lang, name, signal });
      this.faulty = !reading.ok;
      this.problems = reading.ok ? reading.warnings : reading.problems;
      this.more = reading.ok ? 0 : reading.more;
      if (!reading.ok) {
        // The lists that were open stay on the desk, but what the planner looks at are the faults.
        this.tell("sandan-faults", { problems: reading.problems, more: reading.more });
        return;
      }
      this.filter = {};
      this.#go({ lists: reading.case, pending: [], label: this.words.did.open(name ?? "") });
      await this.#count();
      this.tell("sandan-case", { hash: reading.case.hash, warnings: reading.warnings });
    });
  }

  /** Messages and answers in another language. */
  async speak(lang: Lang): Promise<void> {
    if (lang === this.lang) return;
    this.lang = lang;
    const inLang = (kept?: KeptCase) => kept && { ...kept, lang };
    const turn = (stage: Stage): Stage => ({ ...stage, lists: inLang(stage.lists)!, case: inLang(stage.case) });
    this.past = this.past.map(turn);
    this.future = this.future.map(turn);
    this.now = this.now && turn(this.now);
    this.changed();
    if (this.faulty && this.#source) await this.open(this.#source.source, this.#source.name);
    else if (this.now) {
      const reading = await this.#client.reread(this.now.lists, lang);
      if (reading.ok) this.problems = reading.warnings;
      this.changed();
      const { case: of, against, plan } = this.now;
      if (of && against && plan) this.#compare(of, against, plan);
    }
  }

  /** Finds a plan for the lists, from scratch. */
  async match(): Promise<void> {
    const stage = this.now;
    if (!stage) return;
    await this.#work(this.words.matching, async (signal, watch) => {
      const lists = await this.#afterEvents(stage);
      if (!lists) return;
      const outcome = await this.#client.solve(lists, {}, watch(signal)).catch((error) => {
        throw Object.assign(error, { lists });
      });
      const found = { lists, case: lists, pending: [], label: this.words.did.match };
      if (outcome.ok) {
        this.#arrive({ ...found, plan: outcome.plan, cancelled: outcome.cancelled });
        if (stage.plan) this.#compare(lists, stage.plan, outcome.plan);
      } else this.#refused(outcome);
      if ("later" in outcome) this.#later(outcome.later, found, stage.plan);
    });
  }

  /** Finds a plan with few changes from the one there is. */
  async rematch(): Promise<void> {
    const stage = this.now;
    if (!stage?.plan) return;
    const before = stage.plan;
    await this.#work(this.words.matching, async (signal, watch) => {
      const events = stage.pending.flatMap(({ event }) => event ?? []);
      const found = await this.#client.rematch(stage.lists, before, { events }, {}, watch(signal));
      if (!found.ok) return this.#refused(found);
      const { lists, plan, difference, cancelled } = found;
      this.#arrive({ lists, case: found.case, plan, difference, spoken: this.lang, cancelled, pending: [], label: this.words.did.rematch });
      if (!difference) this.#compare(found.case, before, plan);
      this.#later(found.later, { lists, case: found.case, pending: [], label: this.words.did.rematch }, before);
    });
  }

  /** Changes the lists; the plan stays until the next match. */
  async edit(edits: Edit[], text: string, weight = false): Promise<boolean> {
    const stage = this.now;
    if (!stage) return false;
    let done = false;
    await this.#work(this.words.busy, async () => {
      const reading = await this.#client.edit(stage.lists, edits);
      if (!reading.ok) {
        this.notice = { text: reading.problems.map((problem) => problem.message).join("\n"), bad: true };
        return;
      }
      this.problems = reading.warnings;
      this.#go({ ...stage, lists: reading.case, pending: [...stage.pending, { text, weight }], label: text });
      done = true;
    });
    return done;
  }

  /** Notes something that happened since the plan was made; the next match goes by it. */
  happen(event: CaseEvent, text: string): void {
    const stage = this.now;
    if (stage) this.#go({ ...stage, pending: [...stage.pending, { text, event }], label: text });
  }

  undo(): void {
    const stage = this.past.pop();
    if (!stage || !this.now) return;
    this.future.push(this.now);
    this.now = stage;
    this.#turned();
  }

  redo(): void {
    const stage = this.future.pop();
    if (!stage || !this.now) return;
    this.past.push(this.now);
    this.now = stage;
    this.#turned();
  }

  /** Takes in a plan that the host has, of the lists on the desk. */
  async take(source: Blob | string | object): Promise<void> {
    const stage = this.now;
    if (!stage) return;
    await this.#work(this.words.reading, async () => {
      const plan = await this.#client.plan(source as Blob);
      this.#arrive({ ...stage, case: stage.lists, plan, pending: [], label: this.words.plan });
    });
  }

  /** Rows to show of the plan, or of the lists where there is none. */
  view(name: string, asked: object = {}): Promise<any> {
    const stage = this.now;
    if (!stage) return Promise.resolve(undefined);
    // Names are those of the lists; a plan is seen with the lists that it was found for.
    const of = name === "names" ? stage.lists : (stage.case ?? stage.lists);
    return this.#client.view(name, of, name === "names" ? undefined : stage.plan, asked);
  }

  /** Asks a question about the plan; `undefined` where it was cancelled or failed. */
  async ask(kind: string, asked: object = {}): Promise<Answer | undefined> {
    const { plan, case: of } = this.now ?? {};
    if (!plan || !of) return undefined;
    let answer: Answer | undefined;
    await this.#work(this.words.busy, async (signal) => {
      answer = await this.#client.answer(of, kind, plan, { asked, signal });
    });
    return answer;
  }

  /** A file to hand out. */
  async file(file: string): Promise<Blob | undefined> {
    const { plan, case: of, lists } = this.now ?? {};
    let blob: Blob | undefined;
    await this.#work(this.words.busy, async () => {
      blob = await this.#client.file(file, { case: file.startsWith("plan") ? of : lists, plan, lang: this.lang });
    });
    return blob;
  }

  close(): void {
    this.#client.close();
  }

  /** Waits for the work at hand. */
  async idle(): Promise<void> {
    while (this.busy) await new Promise((resolve) => this.addEventListener("change", resolve, { once: true }));
  }

  /** Something is to be drawn again. */
  changed(): void {
    this.dispatchEvent(new Event("change"));
  }

  /** Tells the host. */
  tell(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent("tell", { detail: { type, detail } }));
  }

  async #afterEvents(stage: Stage): Promise<KeptCase | undefined> {
    const events = stage.pending.flatMap(({ event }) => event ?? []);
    if (!stage.plan || events.length === 0) return stage.lists;
    const prepared = await this.#client.prepare(stage.lists, stage.plan, { events });
    if (prepared.ok) return prepared.lists;
    this.#refused(prepared);
    return undefined;
  }

  /** Keeps the best plan that was found before a run failed. */
  #save({ best, case: of, lists }: Failure): boolean {
    if (!best || !this.now) return false;
    const kept = lists ?? this.now.lists;
    this.#arrive({ lists: kept, case: of ?? kept, plan: best, cancelled: true, pending: [], label: this.words.did.match });
    return true;
  }

  /** Puts the plan that a cancelled worker makes out late in the place of the last one that it showed, unless the planner has gone on. */
  async #later(later: Later | undefined, found: Stage, before: KeptPlan | undefined): Promise<void> {
    if (!later) return;
    const shown = this.now;
    this.notice = { text: this.words.cancelledSoon, bad: false };
    this.changed();
    const plan = await later;
    await this.idle();
    if (this.now !== shown) return;
    if (plan) {
      const stage = { ...found, plan, cancelled: true };
      // Where none was shown yet, this one is a stage of its own.
      if (shown?.cancelled && shown.case === found.case) this.now = stage;
      else this.#go(stage);
      this.tell("sandan-plan", { json: plan.blob, cancelled: true });
      if (before) this.#compare(found.case!, before, plan);
    }
    this.notice = { text: plan || this.now?.cancelled ? this.words.cancelled : this.words.noPlanYet, bad: false };
    this.changed();
  }

  /** Sets a plan beside the one before it, while the planner is looking at it already. */
  async #compare(of: KeptCase, before: KeptPlan, plan: KeptPlan): Promise<void> {
    try {
      const difference = await this.#client.answer(of, "compare", before, { other: plan });
      for (const stage of [this.now, ...this.past]) if (stage?.plan === plan) Object.assign(stage, { difference, spoken: of.lang, against: before });
      this.changed();
    } catch (error) {
      console.warn("sandan:", error);
    }
  }

  #refused(outcome: { ok: false; problems?: Problem[] }): void {
    const problems = outcome.problems ?? [];
    const text = problems.map(({ message, hint }) => [message, hint].filter(Boolean).join(" ")).join("\n");
    this.notice = { text: problems.length > 0 ? text : this.words.noPlanYet, bad: problems.length > 0 };
  }

  #go(stage: Stage): void {
    if (this.now) this.past.push(this.now);
    this.future = [];
    this.now = stage;
    this.changed();
  }

  #arrive(stage: Stage): void {
    this.notice = stage.cancelled ? { text: this.words.cancelled, bad: false } : undefined;
    this.#go(stage);
    if (stage.plan) this.tell("sandan-plan", { json: stage.plan.blob, cancelled: stage.cancelled ?? false });
  }

  #turned(): void {
    this.notice = undefined;
    this.changed();
    this.#count().catch(() => {});
  }

  async #count(): Promise<void> {
    this.counts = (await this.view("names"))?.counts;
    this.changed();
  }

  /** Does one piece of work at a time, with what went wrong said to the planner. */
  async #work(
    text: string,
    work: (signal: AbortSignal, watch: (signal: AbortSignal) => object) => Promise<void>,
  ): Promise<void> {
    if (this.busy) return;
    const controller = new AbortController();
    const busy: Busy = { text, cancel: () => controller.abort() };
    this.busy = busy;
    this.notice = undefined;
    this.changed();
    const watch = (signal: AbortSignal) => ({
      signal,
      onProgress: (progress: Progress) => {
        busy.progress = progress;
        this.tell("sandan-progress", progress);
        this.changed();
      },
      onBest: () => (busy.hasPlan = true),
    });
    try {
      await work(controller.signal, watch);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      const message = error instanceof Error ? error.message : String(error);
      const saved = this.#save(error as Failure);
      const text = saved ? this.words.saved : error instanceof EngineFault ? this.words.fault : this.words.failed;
      this.notice = { text: `${text}\n${message}`, bad: true };
      this.tell("sandan-error", { message });
    } finally {
      this.busy = undefined;
      this.changed();
    }
  }
}
