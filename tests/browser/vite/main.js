/** A portal's page in React, with the element in it: lists go in by property, the plan comes out by event. */
import { createElement, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import "sandan/planner";
import { Client } from "sandan/client";

function Portal() {
  const planner = useRef(null);
  const [sessions, setSessions] = useState(null);
  const [lists, setLists] = useState(undefined);
  useEffect(() => {
    const element = planner.current;
    const take = async ({ detail }) => setSessions(JSON.parse(await detail.json.text()).sessions.length);
    element.addEventListener("sandan-plan", take);
    globalThis.give = setLists;
    return () => element.removeEventListener("sandan-plan", take);
  }, []);
  return createElement(
    "main",
    null,
    createElement("p", { id: "sessions" }, sessions ?? "–"),
    createElement("sandan-planner", { ref: planner, lang: "en", source: lists }),
  );
}

createRoot(document.getElementById("root")).render(createElement(Portal));

// The client alone, beside the element.
globalThis.alone = async (lists) => {
  const client = new Client();
  const reading = await client.read(lists);
  const outcome = await client.solve(reading.case);
  client.close();
  return JSON.parse(await outcome.plan.blob.text()).sessions.length;
};
