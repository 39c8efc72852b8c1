/* Progressive enhancement only: every page works without this file. No inline code, no dependencies (htmx is optional). */
(() => {
  "use strict";

  const body = document.body;
  const user = body.dataset.user || "";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* Drafts: what somebody typed in a form with data-draft-key, or with room for a text, survives a time-out, in this browser
     tab only.
     Keyed per user and page; somebody else's drafts are wiped as soon as another user is signed in.
     A draft that was sent is kept until a page for this user comes back: when the answer is the login page or an error page
     (neither names a user), it was not saved and counts as unsent again. */
  const PREFIX = "terugkeer-draft:";
  const own = `${PREFIX}${user}:`;
  const keyOf = (form) => `${own}${location.pathname}:${form.dataset.draftKey}`;
  const readDraft = (key) => JSON.parse(sessionStorage.getItem(key) || "null");
  const writeDraft = (key, draft) => sessionStorage.setItem(key, JSON.stringify(draft));

  const draftKeys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
  const forgetDrafts = (isDoomed) => draftKeys().filter(isDoomed).forEach((key) => sessionStorage.removeItem(key));

  const isChoice = (field) => ["checkbox", "radio"].includes(field.type);
  const fieldsOf = (form) =>
    [...form.elements].filter(
      (field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type),
    );

  const keepDraft = (form) =>
    writeDraft(keyOf(form), {
      sent: false,
      fields: fieldsOf(form).map((field) => ({
        name: field.name,
        option: isChoice(field) ? field.value : null,
        value: isChoice(field) ? field.checked : field.value,
      })),
    });

  const restoreDraft = (form) => {
    const draft = readDraft(keyOf(form));
    if (!draft || form.querySelector(".field__error, [aria-invalid=true]")) return;
    const changed = draft.fields.filter((kept) => putBack(form, kept));
    if (changed.length) tellRestored(form);
  };

  const putBack = (form, kept) => {
    const field = fieldsOf(form).find(
      (one) => one.name === kept.name && (kept.option === null || one.value === kept.option),
    );
    if (!field) return false;
    const property = kept.option === null ? "value" : "checked";
    if (field[property] === kept.value) return false;
    field[property] = kept.value;
    return true;
  };

  const tellRestored = (form) => {
    const notice = document.createElement("div");
    notice.className = "notice notice--draft";
    notice.setAttribute("role", "status");
    const text = document.createElement("p");
    text.textContent = "Uw niet opgeslagen invoer staat hier weer. Controleer en sla op. ";
    const wipe = document.createElement("button");
    wipe.type = "button";
    wipe.className = "utrecht-button utrecht-button--subtle button--small";
    wipe.textContent = "Toch weggooien";
    wipe.addEventListener("click", () => {
      sessionStorage.removeItem(keyOf(form));
      location.reload();
    });
    text.append(wipe);
    notice.append(text);
    form.prepend(notice);
  };

  const markSent = (form) => {
    const draft = readDraft(keyOf(form));
    if (draft) writeDraft(keyOf(form), { ...draft, sent: true });
  };

  const draftForms = () =>
    all("main form").filter((form, index) => {
      if (form.querySelector("textarea")) form.dataset.draftKey ||= `formulier-${index}`;
      return Boolean(form.dataset.draftKey);
    });

  const startDrafts = () => {
    if (!user) {
      draftKeys().forEach((key) => writeDraft(key, { ...readDraft(key), sent: false }));
      return;
    }
    forgetDrafts((key) => !key.startsWith(own) || readDraft(key).sent);
    draftForms().forEach((form) => {
      restoreDraft(form);
      form.addEventListener("input", () => keepDraft(form));
      form.addEventListener("change", () => keepDraft(form));
      form.addEventListener("submit", () => markSent(form));
    });
  };

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
    all("form[data-clear-drafts]").forEach((form) =>
      form.addEventListener("submit", () => forgetDrafts(() => true)),
    );
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

  startDrafts();
  startConfirm();
  startSubmitOnce();
  startButtons();
  startUserMenu();
  startPrinting();
  startHtmx();
})();
