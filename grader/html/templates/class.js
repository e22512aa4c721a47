
"use strict";
(() => {
  const list = document.getElementById("list"), body = list.tBodies[0];
  const find = document.getElementById("find"), found = document.getElementById("found");
  const rows = Array.from(body.rows, (row, place) => ({
    row, place,
    keys: ` ${row.dataset.k} `,
    text: row.textContent.toLowerCase(),
  }));
  document.getElementById("tools").hidden = false;

  // A word with a colon names one of a row's keys; any other is a part of its text.
  const fits = (each, word) => word.includes(":") ? each.keys.includes(` ${word} `) : each.text.includes(word);
  const narrow = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const each of rows) {
      const shown = words.every(word => fits(each, word));
      if (each.row.hidden === shown) each.row.hidden = !shown;
      count += shown;
    }
    found.textContent = `${count} of ${rows.length}`;
  };
  let waiting = 0;
  find.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(narrow, 80); });
  document.getElementById("all").addEventListener("click", () => { find.value = ""; narrow(); find.focus(); });
  narrow();

  // What is clicked in a picture is found in the list.
  document.addEventListener("click", event => {
    const link = event.target.closest("[data-find]");
    if (!link) return;
    event.preventDefault();
    find.value = link.dataset.find;
    narrow();
    document.getElementById("submissions").scrollIntoView();
    find.focus({ preventScroll: true });
  });

  Array.from(list.tHead.rows[0].cells, (head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of list.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = each => each.row.cells[column].textContent;
      const numeric = head.classList.contains("number");
      const collator = new Intl.Collator("en", { numeric: true });
      const number = text => text === "" || text === "–" ? -1 : Number(text);
      const valued = rows.map(each => [numeric ? number(value(each)) : value(each), each]);
      valued.sort(([a, x], [b, y]) => {
        const order = numeric ? a - b : collator.compare(a, b);
        return (down ? -order : order) || x.place - y.place;
      });
      const sorted = document.createDocumentFragment();
      for (const [, each] of valued) sorted.append(each.row);
      body.append(sorted);
    });
  });

  document.addEventListener("keydown", event => {
    const inside = document.activeElement;
    const typing = inside instanceof HTMLInputElement;
    if (event.key === "/" && !typing) {
      event.preventDefault();
      find.focus();
      find.select();
    } else if (event.key === "Escape" && (typing || body.contains(inside))) {
      find.value = "";
      narrow();
      find.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? "nextElementSibling" : "previousElementSibling";
      let row = inside === find && event.key === "ArrowDown" ? body.rows[0] : null;
      if (body.contains(inside)) row = inside.closest("tr")[step];
      else if (inside !== find) return;
      while (row && row.hidden) row = row[step];
      event.preventDefault();
      if (row) row.querySelector("a").focus();
      else if (event.key === "ArrowUp") find.focus();
    }
  });
})();
