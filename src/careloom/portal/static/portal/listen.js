/* Reads a page aloud with the browser's own voice. Nothing leaves the phone. Without it, or without a voice, the words stand as they are. */
(() => {
  "use strict";
  const speech = window.speechSynthesis;
  const button = document.querySelector("[data-listen]");
  if (!button || !speech || typeof SpeechSynthesisUtterance === "undefined") return;
  const label = button.querySelector("[data-listen-words]");
  const begin = label.textContent;
  const language = document.documentElement.lang || "en";
  let on = false;

  /* Headings, paragraphs and list items, one after the other: long texts are cut off by some phones, and the reader can follow. */
  const parts = () => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, dt, dd)")]
    .filter((part) => !part.closest("form, nav, [data-quiet]") && !part.querySelector("p, li, h2, h3") && part.offsetParent)
    .map((part) => part.textContent.replace(/\s+/g, " ").trim())
    .filter(Boolean);
  const say = (state) => {
    on = state;
    label.textContent = on ? button.dataset.listen : begin;
    button.setAttribute("aria-pressed", String(on));
  };
  const stop = () => { speech.cancel(); say(false); };
  function start() {
    speech.cancel();
    const voice = speech.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(language));
    const texts = parts();
    texts.forEach((text, place) => {
      const words = new SpeechSynthesisUtterance(text);
      words.lang = voice ? voice.lang : language;
      if (voice) words.voice = voice;
      words.rate = 0.95;
      if (place === texts.length - 1) words.onend = () => say(false);
      speech.speak(words);
    });
    say(true);
  }
  button.hidden = false;
  button.addEventListener("click", () => (on ? stop() : start()));
  /* Leaving fast, or leaving at all, is silent at once. */
  window.addEventListener("pagehide", stop);
  document.addEventListener("click", (event) => { if (event.target.closest("[data-exit]")) stop(); }, true);
})();
