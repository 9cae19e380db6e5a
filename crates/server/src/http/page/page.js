"use strict";

const examples = {
  "What is to be followed up": `{
  followUpActions(first: 10) {
    nodes {
      reference
      kind
      title
      strength
      status
      dueOn
      evidence { quote report { title } }
    }
  }
}`,
  "What waits for review": `{
  reviewQueue(first: 10) {
    nodes {
      id
      report { title publishedOn }
      findings { kind summary confidence state }
      doubts { message }
    }
  }
}`,
  "One member state": `{
  memberState(code: "SEN") {
    name
    standing
    meetings(first: 5) { nodes { title heldOn place } }
    followUpActions(first: 5) { nodes { reference title status } }
  }
}`,
};

const at = (id) => document.getElementById(id);

function choose() {
  at("query").value = examples[at("example").value];
  at("variables").value = "{}";
}

async function ask() {
  let variables;
  try {
    variables = JSON.parse(at("variables").value.trim() || "{}");
  } catch (fault) {
    at("state").textContent = `The variables are no JSON: ${fault.message}`;
    return;
  }
  at("state").textContent = "…";
  const began = performance.now();
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
      body: JSON.stringify({ query: at("query").value, variables }),
    });
    at("answer").textContent = JSON.stringify(await response.json(), null, 2);
    at("state").textContent = `${response.status}, ${Math.round(performance.now() - began)} ms`;
  } catch (fault) {
    at("state").textContent = `No answer: ${fault.message}`;
  }
}

for (const name of Object.keys(examples)) at("example").append(new Option(name));
at("example").addEventListener("change", choose);
at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
at("ask").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    ask();
  }
});
choose();
