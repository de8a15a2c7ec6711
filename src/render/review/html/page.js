// Filters what is shown. Without it everything is.
(() => {
  "use strict";
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const all = ".finding, .filterable";
  const words = (text) => new Set(text.split(" ").filter(Boolean));

  // What an element has to do with; what it does not say does not limit it.
  const facts = [...document.querySelectorAll(all)].map((element) => {
    const { severity, products, teams, people } = element.dataset;
    const [ofProducts, ofTeams, ofPeople] = [products, teams, people].map((list) => (list === undefined ? null : words(list)));
    return { element, severity, product: ofProducts, team: ofTeams, person: ofPeople, isFinding: element.classList.contains("finding") };
  });
  // Innermost first: whether the outer ones hold anything depends on them.
  const holders = [...document.querySelectorAll("[data-holds]")].filter((element) => element.querySelector(all)).reverse();

  const matches = (fact, severities, chosen, productsOfTeam) => {
    if (fact.severity !== undefined && !severities.has(fact.severity)) return false;
    if (chosen.product && fact.product && !fact.product.has(chosen.product)) return false;
    if (chosen.person && fact.person && !fact.person.has(chosen.person)) return false;
    if (!chosen.team) return true;
    if (fact.team) return fact.team.has(chosen.team);
    return !fact.product || [...productsOfTeam].some((product) => fact.product.has(product));
  };

  const apply = () => {
    const severities = new Set([...form.elements.namedItem("severity")].filter((box) => box.checked).map((box) => box.value));
    const chosen = {};
    for (const name of ["product", "team", "person"]) chosen[name] = form.elements.namedItem(name).value;
    const team = form.elements.namedItem("team").selectedOptions[0];
    const productsOfTeam = words(team?.dataset.products ?? "");
    let [count, total] = [0, 0];
    for (const fact of facts) {
      const isShown = matches(fact, severities, chosen, productsOfTeam);
      fact.element.hidden = !isShown;
      if (fact.isFinding) {
        total += 1;
        count += isShown ? 1 : 0;
      }
    }
    for (const holder of holders) holder.hidden = !holder.querySelector(".finding:not([hidden]), .filterable:not([hidden])");
    shown.textContent = `${count} of ${total} finding${total === 1 ? "" : "s"}`;
  };

  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  // A page that is shown again keeps what was chosen before.
  if (form.elements.length > 0) apply();
})();
