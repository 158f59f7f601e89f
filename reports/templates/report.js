"use strict";
(() => {
  const form = document.getElementById("filter");
  const words = document.getElementById("words");
  const tone = document.getElementById("tone");
  const shown = document.getElementById("shown");
  const rows = [...document.querySelectorAll("table.rows tbody tr, article.rule, details.beside")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const tones = rows.map((row) => row.dataset.tone || "");
  let waiting = 0;
  const apply = () => {
    const wanted = words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, place) => {
      const fits = (!tone.value || tones[place] === tone.value) && wanted.every((word) => texts[place].includes(word));
      if (row.hidden === fits) row.hidden = !fits;
      count += fits ? 1 : 0;
    });
    shown.textContent = wanted.length || tone.value ? `${count.toLocaleString()} / ${rows.length.toLocaleString()}` : "";
  };
  const later = () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); };
  words.addEventListener("input", later);
  tone.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden) { words.value = ""; tone.value = ""; apply(); }
    if (target.tagName === "DETAILS") target.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
})();
