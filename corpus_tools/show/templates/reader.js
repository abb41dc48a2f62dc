(() => {
  for (const hint of document.querySelectorAll(".ct-reader .ct-keys")) hint.hidden = false;
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
