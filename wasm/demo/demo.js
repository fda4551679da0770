/** The demo page: the element with the two bundled examples, and offline after the first load. */
import "./dist/planner.js";

const planner = document.querySelector("sandan-planner");
const load = async (name) => new Map(Object.entries(await (await fetch(`examples/${name}.json`)).json()));

planner.examples = [
  { title: { zh: "大厂：一个社区的暑假课堂", en: "Dachang: a summer class" }, load: () => load("dachang") },
  { title: { zh: "贵港：一个地级市的一年", en: "Guigang: a prefecture's year" }, load: () => load("guigang") },
];

navigator.serviceWorker?.register("offline.js");
