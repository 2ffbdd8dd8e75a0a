// Says by the viewer's clock how old the page is: if nobody updates it any more, nobody else can.
(function () {
  "use strict";
  var UNITS = [["day", 86400000], ["hour", 3600000], ["minute", 60000]];
  var stamp = document.querySelector("[data-published]");
  var notice = document.querySelector("[data-stale]");
  var ago = document.querySelector("[data-ago]");
  var due = document.querySelector("[data-due]");

  function time(name) {
    return Date.parse(stamp.getAttribute(name) || "");
  }

  function length(milliseconds) {
    var unit = UNITS.find(function (each) { return milliseconds >= each[1]; });
    var number = unit ? Math.floor(milliseconds / unit[1]) : 0;
    return unit ? number + " " + unit[0] + (number === 1 ? "" : "s") + " ago" : "just now";
  }

  function put(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function tell() {
    var now = Date.now(), published = time("data-published"), until = time("data-stale-after");
    // A clock that is before the page's own time is wrong: it says nothing.
    put(ago, now >= published ? length(now - published) + ", on" : "on");
    var isStale = now > until;
    put(notice, isStale ? "These figures are stale since " + due.textContent + ", " + length(now - until) + ". No update has come since they were due." : "");
    document.documentElement.classList.toggle("is-stale", isStale);
  }

  tell();
  setInterval(tell, 30000);
})();
