"use strict";
(function () {
  var $ = function (css, in_) { return Array.prototype.slice.call((in_ || document).querySelectorAll(css)); };
  var one = function (id) { return document.getElementById(id); };
  var main = one("main"), grid = one("grid"), tools = one("tools"), tip = one("tip");
  var filter = one("filter"), which = one("which"), boxes = $("input[type=checkbox]", tools);
  var tables = [main, grid].filter(Boolean).map(function (t) { return { table: t, listed: Array.prototype.slice.call(t.tBodies[0].rows) }; });
  var links = $(grid ? ".cell" : "a", grid || main); // to stories
  var came = null; // the one that was followed last
  tools.hidden = false;
  links.slice(1).forEach(function (a) { if (grid) a.tabIndex = -1; }); // the arrows lead to the others

  // Filter: rows of the matrix, and with them their sections; columns, and
  // with them what stands below.
  function bad(row) {
    return $("td:not(.off) .wrong,td:not(.off) .stuck", row).length > 0;
  }
  function apply() {
    boxes.forEach(function (box, j) {
      $("." + box.value).forEach(function (e) { e.classList.toggle("off", !box.checked); });
      if (grid) $("tr", grid).forEach(function (row) { row.cells[j + 1].classList.toggle("off", !box.checked); });
    });
    if (!grid) return;
    var words = filter.value.toLowerCase().split(/\s+/).filter(Boolean), seen = 0, rows = tables[1].listed;
    rows.forEach(function (row) {
      var text = row.dataset.words.toLowerCase();
      var show = words.every(function (w) { return text.indexOf(w) >= 0; }) &&
        (which.value === "all" || (which.value === "bad") === bad(row));
      if (show) seen++;
      $('[data-row="' + row.dataset.row + '"]').forEach(function (e) { e.classList.toggle("off", !show); });
    });
    one("found").textContent = seen === rows.length ? "" : seen + " of " + rows.length + " scenarios";
  }
  if (grid) {
    filter.addEventListener("input", apply);
    which.addEventListener("change", apply);
  }
  boxes.forEach(function (box) { box.addEventListener("change", apply); });

  // Sort: by mark and figure; costs in parentheses come after those that count, and
  // what has no figure last.
  var units = { k: 1e3, M: 1e6, G: 1e9, T: 1e12 };
  function key(cell) {
    var text = cell.textContent.trim().replace(/^~/, ""), mark = Math.min("✓!?○…✗".indexOf(text.charAt(0)), 4);
    var figure = text.match(/[\d.]+/), n = figure ? Number(figure[0]) * (units[text.slice(-1)] || 1) : 0;
    if (mark >= 0) return mark * 1e3 + n;
    if (text === "") return -1;
    return text.charAt(0) === "(" ? n + 1e15 : figure && /^\d/.test(text) ? n : 1e30;
  }
  function order(of, by, up) {
    var rows = of.listed.slice(), sign = up ? 1 : -1;
    if (by !== "") {
      rows = rows.map(function (row) {
        return { row: row, key: +by === 0 ? row.cells[0].textContent : row.cells[by].colSpan > 1 ? 1e30 : key(row.cells[by]) };
      }).sort(function (a, b) {
        return sign * (+by === 0 ? a.key.localeCompare(b.key) : a.key - b.key);
      }).map(function (r) { return r.row; });
    }
    rows.forEach(function (row) { of.table.tBodies[0].appendChild(row); });
    $("thead th", of.table).forEach(function (th, i) {
      th.removeAttribute("aria-sort");
      if (by !== "" && i === +by) th.setAttribute("aria-sort", up ? "ascending" : "descending");
    });
    $("select.sort").forEach(function (s) { if (s.dataset.of === of.table.id) s.value = by; });
  }
  tables.forEach(function (of) {
    $("thead button", of.table).forEach(function (b, i) {
      b.addEventListener("click", function () {
        var now = b.parentNode.getAttribute("aria-sort");
        order(of, String(i), now ? now === "descending" : !b.hasAttribute("data-down"));
      });
    });
    $("select.sort").forEach(function (s) {
      if (s.dataset.of === of.table.id) s.addEventListener("change", function () { order(of, s.value, of.table === main || s.value === "0"); });
    });
  });

  // Stories that are packed: those of a scenario are one list, unpacked when the first
  // of them is opened. Their texts are escaped, as all in the page.
  function unpack(block) {
    if (!block.stories) {
      var text = atob(block.textContent.trim()), bytes = new Uint8Array(text.length);
      for (var i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
      block.stories = new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
    }
    return block.stories;
  }
  function opened(story) {
    var box = story.querySelector("summary+div"), scenario = story.closest(".scenario");
    var block = scenario && scenario.querySelector(".pack");
    if (story.dataset.seen) return;
    story.dataset.seen = "yes";
    finish(box);
    if (!block) return;
    new Promise(function (done) { done(unpack(block)); }).then(function (stories) {
      box.insertAdjacentHTML("afterbegin", stories[Number(box.id.split("-t")[1]) - 1]);
      finish(box);
    }).catch(function () {
      var p = document.createElement("p");
      p.textContent = "This browser cannot unpack the drawing. The command shows it:";
      box.insertBefore(p, box.firstChild);
    });
  }
  function finish(box) {
    $(".m,.p", box).forEach(function (g) { // the page has tooltips of its own
      var t = g.querySelector("title");
      if (t) t.remove();
    });
    if (!navigator.clipboard || !window.isSecureContext) return;
    $(".command", box).forEach(function (p) {
      if (p.querySelector("button")) return;
      var b = document.createElement("button");
      b.type = "button";
      b.className = "copy";
      b.textContent = "copy";
      b.addEventListener("click", function () {
        navigator.clipboard.writeText(p.querySelector("code").textContent).then(function () {
          b.textContent = "copied";
          setTimeout(function () { b.textContent = "copy"; }, 1200);
        });
      });
      p.appendChild(b);
    });
  }
  document.addEventListener("toggle", function (e) {
    if (e.target.open && e.target.classList.contains("story")) opened(e.target);
    else if (e.target.open) finish(e.target);
  }, true);
  $(".story[open]").forEach(opened);

  // Open what a link leads to.
  function reveal(id) {
    var to = id && one(id);
    if (!to) return;
    var inner = to.closest("details");
    for (var d = inner; d; d = d.parentNode.closest("details")) d.open = true;
    if (inner && to.parentNode === inner) {
      to = inner.firstElementChild;
      to.focus({ preventScroll: true });
    }
    to.scrollIntoView();
  }
  window.addEventListener("hashchange", function () { reveal(location.hash.slice(1)); });
  document.addEventListener("click", function (e) {
    var a = e.target.closest("a[href^='#']");
    if (!a) return;
    if (/^#s\d+-t\d+$/.test(a.hash)) came = a;
    // The second time the address stays, and nothing else would reveal it.
    if (a.hash === location.hash) setTimeout(function () { reveal(a.hash.slice(1)); }, 0);
  });
  reveal(location.hash.slice(1));

  // The keyboard.
  function move(from, dx, dy) {
    var cells = function (row) { return $("td:not(.off) .cell", row); };
    var rows = $("tr:not(.off)", grid.tBodies[0]), row = from.closest("tr"), y = rows.indexOf(row), x = cells(row).indexOf(from);
    var to = rows[Math.max(0, Math.min(rows.length - 1, y + dy))], all = cells(to);
    to = all[Math.max(0, Math.min(all.length - 1, x + dx))];
    from.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  }
  // A key that went down on a link has done its work when the link was followed: where
  // it led to does not take the rest of the same press, and close what was opened.
  var pressed = null;
  document.addEventListener("keydown", function (e) { if (!e.repeat) pressed = e.target; }, true);
  document.addEventListener("keyup", function () { pressed = null; }, true);
  document.addEventListener("click", function (e) {
    var s = e.target.closest("summary");
    if (s && e.detail === 0 && pressed && !s.contains(pressed)) e.preventDefault();
  }, true);
  var arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    var at = document.activeElement, typing = /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName) && at.type !== "checkbox";
    if (e.key === "Escape") {
      hideTip();
      if (filter && at === filter && filter.value) { filter.value = ""; apply(); return; }
      var back = came || links.filter(function (a) { return a.offsetWidth > 0; })[0];
      if (back) { back.focus(); back.scrollIntoView({ block: "center" }); }
      return;
    }
    if (typing) return;
    if (e.key === "/" && filter) {
      e.preventDefault();
      tools.open = true;
      filter.focus();
      filter.scrollIntoView({ block: "center" });
    } else if (e.key === "x") {
      var within = at.closest("details.scenario[open]"), all = $(within || !grid ? ".story" : "details.scenario", within || document);
      var open = all.some(function (d) { return !d.open; });
      all.forEach(function (d) { d.open = open; });
    } else if (arrows[e.key] && at.classList.contains("cell")) {
      e.preventDefault();
      move(at, arrows[e.key][0], arrows[e.key][1]);
    }
  });

  // Tooltips: what a message has to say, under the pointer, a finger or the
  // keyboard. Without the script it is the browser's own.
  function showTip(g) {
    var r = g.getBoundingClientRect();
    tip.textContent = g.getAttribute("aria-label");
    tip.hidden = false;
    var x = Math.min(Math.max(8, r.left + r.width / 2 - tip.offsetWidth / 2), window.innerWidth - tip.offsetWidth - 8);
    var y = r.top - tip.offsetHeight - 8;
    if (y < 8) y = r.bottom + 8;
    tip.style.left = x + "px";
    tip.style.top = y + "px";
  }
  function hideTip() { tip.hidden = true; }
  function of(e) { return e.target.closest && e.target.closest(".m,.p"); }
  document.addEventListener("pointerover", function (e) { var g = of(e); if (g) showTip(g); else hideTip(); });
  document.addEventListener("focusin", function (e) { var g = of(e); if (g) showTip(g); else hideTip(); });
  window.addEventListener("scroll", hideTip, { passive: true });
})();
