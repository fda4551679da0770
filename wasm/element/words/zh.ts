/** What the page says, in Chinese. `en.ts` has the same keys; TypeScript holds them together. */import { grouped } from "./numbers.js";

export const zh = {
  title: "三单对接",
  open: "打开文件",
  openHint: "把 .xlsx、一组 CSV 或 JSON 拖到这里，或者",
  private: "数据只在这个页面里处理，不会上传。",
  template: "下载空白模板",
  examples: "先看一个例子：",
  reading: "正在读取",

  lists: "清单", plan: "方案", sessions: "场次", calendar: "日历", map: "地图", coverage: "覆盖与公平",
  unmet: "未满足", gaps: "缺口与价格", change: "调整",
  views: "查看",

  faulty: (n: number) => `有 ${n} 处错误，改正后重新打开。没有求解，也没有改动文件。`,
  warned: (n: number) => `${n} 处提醒，不影响求解。`,
  sound: "清单没有问题。",
  more: (n: number) => `另有 ${n} 处没有列出。`,
  table: "表", row: "行", column: "列", problem: "问题", expected: "应为", hint: "怎么改", code: "代码",
  error: "错误", warning: "提醒",
  counted: (c: Record<string, number>) =>
    `${grouped(c.needs)} 项需求、${grouped(c.projects)} 个项目、${grouped(c.resources)} 行资源、${grouped(c.places)} 个地点、${grouped(c.periods)} 个时段`,

  match: "开始对接", cancel: "取消", matching: "正在对接", level: (n: number, all: number) => `第 ${n} 级，共 ${all} 级`,
  preparing: "正在整理清单", gapNow: (percent: string) => `离上界 ${percent}`, gapOf: (percent: string) => `差距 ${percent}`, steps: (n: string) => `${n} 步`,
  firstPlan: "已有可用方案，取消就得到它", noPlanYet: "取消得太早，还没有方案。",
  cancelled: "已取消，这是到那时为止最好的方案；它不违反任何硬约束。",
  cancelledSoon: "已取消；正在整理到那时为止最好的方案，马上就好。",
  busy: "正在计算",
  fault: "引擎出了故障，已换新的重来；清单和调整都还在。",
  saved: "引擎出了故障，已换新的；这是出故障以前找到的最好方案，它不违反任何硬约束。",
  failed: "没有成功",

  status: { optimal: "已证最优", within_gap: "在允许的差距以内", stopped: "提前停下", unknown: "没有证明" } as Record<string, string>,
  statusIs: "结论", levelHead: "级", reaches: "达到", proof: "证明",
  held: (s: string, p: string, q: string) => `${s} 场，${p} 个项目，${q} 个地点`,
  people: (n: string) => `${n} 人上岗`, money: (yuan: string) => `用款 ${yuan} 元`,
  served: (unit: string, got: string, wanted: string) => `${got} / ${wanted} ${unit}`,
  servedHead: "服务", heldHead: "安排", unmetCount: (n: string) => `${n} 项需求没有完全满足`,
  shortCount: (n: string) => `${n} 处配额没有达到`,

  download: "下载", downloads: "下载文件",
  files: { "plan.xlsx": "方案（.xlsx）", "plan.json": "方案（JSON）", "case.xlsx": "清单（.xlsx）", "case.json": "清单（JSON）" } as Record<string, string>,
  fileNames: { "plan.xlsx": "方案.xlsx", "plan.json": "方案.json", "case.xlsx": "清单.xlsx", "case.json": "清单.json", "template.xlsx": "模板.xlsx" } as Record<string, string>,

  filter: "筛选", filterHint: "编号、地点、项目、人员、需求……", all: "全部", clear: "清除筛选",
  period: "时段", place: "地点", project: "项目", need: "需求", staff: "人员", venue: "场地", units: "数量", id: "编号", resource: "资源",
  group: "分组", service: "服务", total: (n: string) => `共 ${n} 条`, nothing: "没有符合的内容", fact: "既定",
  by: "按",

  calendarHint: "数字是开始的场次数（人员：当值的场次数）。点一格看这些场次。",
  mapHint: "圆的大小是需求，颜色是满足的份额。点一个社区看它的场次。",
  tilesHint: "清单里没有经纬度，按上级地点排列。点一个社区看它的场次。",
  onlySome: (n: number) => `${n} 个地点没有经纬度，不在图上。`,
  zoomIn: "放大", zoomOut: "缩小", asTable: "以表格查看", share: "份额", wanted: "需求", got: "满足",
  spot: (name: string, share: string, sessions: number) => `${name}：满足 ${share}，${sessions} 场`,
  noDemand: "没有需求",

  coverageHint: "按优先级加权；最差的排在最前。", worst: (n: number, all: number) => `最差的 ${n} 个（共 ${all} 个）`,
  showAll: "全部显示", showFew: "只看最差的", spread: "份额分布：每一档有多少个", overall: (share: string) => `总体 ${share}`,
  fairness: "公平的代价", fairnessAsk: "查证公平的代价",

  unmetNone: "没有未满足的需求。", missing: "缺", must: "必须", reason: "原因", why: "查明原因", repairs: "怎样补救",
  answer: "答复", shortfalls: "没有达到的配额", rule: "规则",
  gapsAsk: "列出缺口清单", pricesAsk: "计算价格", gapsHint: "补什么、先补什么：逐项重新求解，大清单要等一会儿。",
  pricesHint: "稀缺的再多一个，能多做多少。", brings: "能多做", cost: "代价（分）", whatToChange: "改什么", gapsNone: "没有查到补上就能多做的。",

  weights: "权重", weightHint: "各分项一个单位值多少；改了以后点“应用”。", apply: "应用", reset: "恢复默认",
  terms: { must: "必须", quota: "配额", coverage: "覆盖", cost: "费用（每分）", travel: "路程（每分钟）", turns: "工时（每单位）", changes: "变动（每处）", prefers: "偏好之外（每人次）", quality: "质量（每分）" } as Record<string, string>,
  pins: "指定与禁止", pinHint: "留空表示任何。数量：有需求时是单位数，否则有资源时是人次，否则是场次。",
  fix: "指定", forbid: "禁止", count: "数量", add: "加上", remove: "删除",
  dropOut: "有人退出", members: "几人", from: "从哪个时段起", fromTheStart: "一开始",
  pending: "还没有重新对接的调整", nothingPending: "还没有调整。",
  rematch: "重新对接", few: "尽量少改动", anew: "从头再排",
  rematchWay: "怎样重新对接",
  undo: "撤销", redo: "重做",
  did: {
    setting: (key: string, value: string) => `${key} 改为 ${value || "默认"}`,
    pin: (mode: string, what: string) => `${mode}：${what}`,
    unpin: (what: string) => `删除指定：${what}`,
    drop: (who: string, n: number) => `${who} 退出 ${n} 人`,
    open: (name: string) => `打开 ${name}`, match: "对接", rematch: "重新对接",
  },
  difference: "与上一个方案的不同", gone: (n: string) => `少了 ${n} 处`, new: (n: string) => `新增 ${n} 处`, same: "没有不同",
  whatChanged: "变的是", which: "哪一个", where: "在哪里", before: "原来", after: "现在", comma: "，",
  kinds: { need: "需求", session: "场次", member: "人员" } as Record<string, string>,
  changedBy: { event: "因事件", same_session: "同一场，事件", knock_on: "腾挪" } as Record<string, string>,
  stale: "清单已经调整，下面还是原来的方案。",
  needFirst: "先打开清单。", planFirst: "先对接，再看这里。",
  choose: "输入几个字来选", unknownName: (name: string) => `没有叫“${name}”的`,
};

export type Words = typeof zh;
