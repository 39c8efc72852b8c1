/* Progressive enhancement only: every page works without this file. No inline code, no dependencies (htmx is optional). */
(() => {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* Submit once: a second click within ten seconds does nothing. The button is not disabled, so its name is still sent. */
  const startSubmitOnce = () => {
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (event.defaultPrevented || form.method !== "post") return;
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "yes";
      mark(form, true);
      setTimeout(() => release(form), 10000);
    });
    addEventListener("pageshow", () => all("form[data-sent]").forEach(release));
  };

  const mark = (form, busy) =>
    all("button[type=submit]", form).forEach((button) =>
      busy ? button.setAttribute("aria-disabled", "true") : button.removeAttribute("aria-disabled"),
    );

  const release = (form) => {
    delete form.dataset.sent;
    mark(form, false);
  };

  /* Are you sure: data-confirm on a form or a submit button asks first, in our own dialog. */
  const startConfirm = () => {
    const dialog = document.getElementById("confirm-dialog");
    if (!dialog || !dialog.showModal) return;
    let pending = null;
    document.addEventListener(
      "submit",
      (event) => {
        const question = event.submitter?.dataset.confirm || event.target.dataset.confirm;
        if (!question || event.target.dataset.confirmed) return;
        event.preventDefault();
        event.stopPropagation();
        pending = { form: event.target, submitter: event.submitter };
        dialog.querySelector("[data-confirm-text]").textContent = question;
        dialog.showModal();
      },
      true,
    );
    dialog.querySelector("[data-confirm-yes]").addEventListener("click", () => {
      dialog.close();
      pending.form.dataset.confirmed = "yes";
      pending.form.requestSubmit(pending.submitter);
      delete pending.form.dataset.confirmed;
    });
    dialog.querySelector("[data-confirm-no]").addEventListener("click", () => dialog.close());
  };

  /* Small buttons that only make sense with a script are hidden until here. */
  const startButtons = () => {
    all("[data-print]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => print());
    });
    all("[data-open-dialog]").forEach((button) => {
      const dialog = document.getElementById(button.dataset.openDialog);
      if (!dialog?.showModal) return;
      button.hidden = false;
      button.addEventListener("click", () => dialog.showModal());
    });
    all("[data-submit-on-change]").forEach((field) =>
      field.addEventListener("change", () => field.form.requestSubmit()),
    );
    document.querySelector("[data-focus]")?.focus();
    all(":is(.tabs, .top__nav) [aria-current]").forEach((tab) => tab.scrollIntoView({ block: "nearest", inline: "nearest" }));
  };

  /* The user menu closes on Escape and on a click beside it. */
  const startUserMenu = () => {
    const menu = document.querySelector(".user-menu");
    if (!menu) return;
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  };

  /* Why a date is what it is: on paper every reason is unfolded. */
  const startPrinting = () => {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = all("main details:not([open])");
      opened.forEach((one) => (one.open = true));
    });
    addEventListener("afterprint", () => opened.forEach((one) => (one.open = false)));
  };

  /* htmx: the CSRF token goes along; it stands in the sign-out form of every page. */
  const startHtmx = () => {
    document.addEventListener("htmx:config:request", (event) => {
      const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
      const request = event.detail.ctx.request;
      if (token && request.method?.toUpperCase() !== "GET") request.headers["X-CSRFToken"] = token;
    });
  };

  startConfirm();
  startSubmitOnce();
  startButtons();
  startUserMenu();
  startPrinting();
  startHtmx();
})();
