(() => {
  for (const hint of document.querySelectorAll(".ct-reader .ct-keys")) hint.hidden = false;
  const tie = (lines) => {
    const desk = lines.parentElement;
    const [one, other] = desk.querySelectorAll(":scope > article");
    const place = desk.getBoundingClientRect();
    const [left, right] = [one, other].map((sheet) => sheet.querySelector(".ct-page").getBoundingClientRect());
    const drawn = [];
    for (const mark of left.right < right.left ? one.querySelectorAll(".ct-opens") : []) {
      const partner = other.querySelector(`.ct-opens[data-tie="${mark.dataset.tie}"]`);
      if (!partner) continue;
      const [from, to] = [mark, partner].map((end) => end.getBoundingClientRect());
      const line = document.createElementNS(lines.namespaceURI, "line");
      line.setAttribute("x1", left.right - place.left + 6);
      line.setAttribute("y1", from.top + from.height / 2 - place.top);
      line.setAttribute("x2", right.left - place.left - 22);
      line.setAttribute("y2", to.top + to.height / 2 - place.top);
      drawn.push(line);
    }
    lines.replaceChildren(...drawn);
  };
  for (const lines of document.querySelectorAll(".ct-reader .ct-ties:not([data-watched])")) {
    lines.dataset.watched = "";
    new ResizeObserver(() => tie(lines)).observe(lines.parentElement);
  }
  if (window.ctReaderKeys) return;
  window.ctReaderKeys = true;
  const writing = "input, textarea, select, [contenteditable]:not([contenteditable='false']), [role='textbox']";
  // On the window and in the capture phase: JupyterLab, where j and k move between cells, listens on the document.
  window.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    const from = event.composedPath()[0];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !(from instanceof Element)) return;
    const reader = from.closest("div.ct-reader");
    if (!reader || from.closest(writing)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const hits = [...reader.querySelectorAll(".ct-hit[tabindex]")];
    const after = hits.findIndex((hit) => from.compareDocumentPosition(hit) & Node.DOCUMENT_POSITION_FOLLOWING);
    const before = hits.findLastIndex((hit) => from.compareDocumentPosition(hit) === Node.DOCUMENT_POSITION_PRECEDING);
    const hit = hits[step > 0 ? after : before];
    if (!hit) return;
    hit.focus({ preventScroll: true });
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    hit.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }, true);
})();
