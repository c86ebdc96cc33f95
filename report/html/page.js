"use strict";
(function () {
  var $ = function (css, in_) { return Array.prototype.slice.call((in_ || document).querySelectorAll(css)); };
  var one = function (id) { return document.getElementById(id); };
  var grid = one("grid"), body = grid.tBodies[0], listed = $("tr", body);
  var filter = one("filter"), which = one("which"), sort = one("sort"), found = one("found"), tip = one("tip");
  var came = null; // the cell that was followed last
  one("tools").hidden = false;

  // Filter: rows of the matrix, and with them their sections; columns, and
  // with them what stands below.
  function bad(row) {
    return $("td:not(.off)", row).some(function (td) { return td.classList.contains("wrong") || td.classList.contains("stuck"); });
  }
  function apply() {
    $("input[type=checkbox]").forEach(function (box) {
      $('[data-col="' + box.value + '"]').forEach(function (e) { e.classList.toggle("off", !box.checked); });
    });
    var words = filter.value.toLowerCase().split(/\s+/).filter(Boolean), seen = 0;
    listed.forEach(function (row) {
      var text = row.dataset.words.toLowerCase();
      var show = words.every(function (w) { return text.indexOf(w) >= 0; }) &&
        (which.value === "all" || (which.value === "bad") === bad(row));
      if (show) seen++;
      $('[data-row="' + row.dataset.row + '"]').forEach(function (e) { e.classList.toggle("off", !show); });
    });
    found.textContent = seen === listed.length ? "" : seen + " of " + listed.length + " scenarios";
  }

  // Sort.
  function order(by, up) {
    var rows = listed.slice(), sign = up ? 1 : -1;
    var share = function (row) {
      var td = row.querySelector('td[data-col="' + by + '"]');
      return td && td.dataset.ran === "true" ? Number(td.dataset.sort) : -1;
    };
    if (by === "name") {
      rows.sort(function (a, b) { return sign * a.dataset.name.localeCompare(b.dataset.name); });
    } else if (by !== "file") {
      rows.sort(function (a, b) { return sign * (share(a) - share(b)); });
    }
    rows.forEach(function (row) { body.appendChild(row); });
    $("thead th", grid).forEach(function (th) {
      th.removeAttribute("aria-sort");
      if (th.querySelector("button").dataset.sort === by) th.setAttribute("aria-sort", up ? "ascending" : "descending");
    });
    sort.value = by;
  }
  filter.addEventListener("input", apply);
  which.addEventListener("change", apply);
  $("input[type=checkbox]").forEach(function (box) { box.addEventListener("change", apply); });
  sort.addEventListener("change", function () { order(sort.value, sort.value === "name"); });
  $("thead button", grid).forEach(function (b) {
    b.addEventListener("click", function () {
      var now = b.parentNode.getAttribute("aria-sort"), name = b.dataset.sort === "name";
      order(b.dataset.sort, now ? now === "descending" : name);
    });
  });

  // Open what a link leads to.
  function reveal(id) {
    var to = id && one(id);
    if (!to) return;
    var story = to.closest("details");
    if (story) story.open = true;
    to.scrollIntoView();
    if (to.tabIndex === -1 && to.hasAttribute("tabindex")) to.focus({ preventScroll: true });
  }
  window.addEventListener("hashchange", function () { reveal(location.hash.slice(1)); });
  $(".cell").forEach(function (a) {
    a.addEventListener("click", function () {
      came = a;
      // The second time the address stays, and nothing else would reveal it.
      if (a.hash === location.hash) setTimeout(function () { reveal(a.hash.slice(1)); }, 0);
    });
  });
  reveal(location.hash.slice(1));

  // The keyboard.
  function move(from, dx, dy) {
    var cells = function (row) { return $("td:not(.off) .cell", row); };
    var rows = $("tr:not(.off)", body), row = from.closest("tr"), y = rows.indexOf(row), x = cells(row).indexOf(from);
    var to = rows[Math.max(0, Math.min(rows.length - 1, y + dy))], all = cells(to);
    all[Math.max(0, Math.min(all.length - 1, x + dx))].focus();
  }
  var arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    var at = document.activeElement, typing = /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName);
    if (e.key === "Escape") {
      hideTip();
      if (at === filter && filter.value) { filter.value = ""; apply(); return; }
      var back = came || $("tr:not(.off) td:not(.off) .cell", body)[0];
      if (back) { back.focus(); back.scrollIntoView({ block: "center" }); }
      return;
    }
    if (typing) return;
    if (e.key === "/") {
      e.preventDefault();
      filter.focus();
      filter.scrollIntoView({ block: "center" });
    } else if (e.key === "x") {
      var open = $(".story").some(function (d) { return !d.open; });
      $(".story").forEach(function (d) { d.open = open; });
    } else if (arrows[e.key] && at.classList.contains("cell")) {
      e.preventDefault();
      move(at, arrows[e.key][0], arrows[e.key][1]);
    }
  });

  // Tooltips: what a message has to say, under the pointer, a finger or the
  // keyboard. Without the script it is the browser's own.
  $(".m,.p").forEach(function (g) {
    var t = g.querySelector("title");
    if (t) t.remove();
  });
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

  // Copy.
  $(".copy").forEach(function (b) {
    b.hidden = !(navigator.clipboard && window.isSecureContext);
    b.addEventListener("click", function () {
      navigator.clipboard.writeText(b.parentNode.querySelector("code").textContent).then(function () {
        b.textContent = "copied";
        setTimeout(function () { b.textContent = "copy"; }, 1200);
      });
    });
  });

  // Paper shows what is open, and of everything bad the evidence.
  window.addEventListener("beforeprint", function () {
    $(".story").forEach(function (d) {
      if (d.querySelector("summary .wrong,summary .stuck")) d.open = true;
    });
  });
})();
