for (const link of document.querySelectorAll("a.png")) {
  link.href = link.closest("figure").querySelector("img").src;
  link.hidden = false;
}
