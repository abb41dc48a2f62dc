(() => {
  const saves = (event) => (event.ctrlKey || event.metaKey) && event.key === "s";
  // JupyterLab reads its keys on the document before anyone else: in a list "x" would cut the cell, and Enter on the
  // head of a column would not sort. What has this mark when the key goes down keeps its keys.
  const keep = (event) => {
    const from = event.composedPath()[0];
    if (!(from instanceof Element) || !from.closest(".ct-explore, .dt-container")) return;
    from.toggleAttribute("data-lm-suppress-shortcuts", !saves(event));
  };
  if (!window.ctExploreKeys) window.addEventListener("keydown", keep, true);
  window.ctExploreKeys = true;
  const explorer = document.currentScript.closest(".ct-explore");
  if (!explorer) return;
  // The element that stays while its words change: only such a one is read aloud.
  const told = () => {
    const line = explorer.querySelector(".ct-status .widget-html-content");
    for (const [name, value] of line ? [["role", "status"], ["aria-live", "polite"]] : []) line.setAttribute(name, value);
    return line;
  };
  if (told()) return;
  const waiting = new MutationObserver(() => told() && waiting.disconnect());
  waiting.observe(explorer, { childList: true, subtree: true });
})();
