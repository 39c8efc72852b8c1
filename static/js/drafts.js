/* Drafts: what somebody typed in a form with data-draft-key, or with room for a text, survives a time-out, in this browser tab.
   Keyed per user and address of the form; somebody else's drafts are wiped as soon as another user is signed in, all of them at logout.
   A draft that was sent is kept until a page for this user comes back: when the answer is the login page or an error page
   (neither names a user), it was not saved and counts as unsent again. */
(() => {
  "use strict";

  const PREFIX = "terugkeer-draft:";
  const user = document.body.dataset.user || "";
  const own = `${PREFIX}${user}:`;

  const all = (selector) => [...document.querySelectorAll(selector)];
  /* By where the form goes, since a page that refuses one form has the address of that form, and shows the others too. */
  const pathOf = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;
  const keyOf = (form) => `${own}${pathOf(form)}:${form.dataset.draftKey}`;
  const read = (key) => JSON.parse(sessionStorage.getItem(key) || "null");
  const write = (key, draft) => sessionStorage.setItem(key, JSON.stringify(draft));
  const keys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
  const forget = (isDoomed) => keys().filter(isDoomed).forEach((key) => sessionStorage.removeItem(key));

  const isChoice = (field) => ["checkbox", "radio"].includes(field.type);
  const fieldsOf = (form) =>
    [...form.elements].filter(
      (field) =>
        field.name && !["hidden", "password", "file", "submit", "button", "select-multiple"].includes(field.type),
    );

  const valueOf = (field) => (isChoice(field) ? field.checked : field.value);

  /* What the server put in the field when it made this page. */
  const madeWith = (field) => {
    if (isChoice(field)) return field.defaultChecked;
    if (field.tagName !== "SELECT") return field.defaultValue;
    return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
  };

  const keep = (form) =>
    write(keyOf(form), {
      sent: false,
      fields: fieldsOf(form)
        .filter((field) => valueOf(field) !== madeWith(field))
        .map((field) => ({
          name: field.name,
          option: isChoice(field) ? field.value : null,
          base: madeWith(field),
          value: valueOf(field),
        })),
    });

  const restore = (form) => {
    const draft = read(keyOf(form));
    if (!draft || form.querySelector(".field__error, [aria-invalid=true]")) return;
    const results = draft.fields.map((kept) => ({ kept, result: putBack(form, kept) }));
    const outdated = results.filter(({ kept, result }) => result === "outdated" && kept.option === null);
    if (results.some(({ result }) => result)) tell(form, outdated.map(({ kept }) => kept.value));
  };

  /* A field that somebody else changed in the meantime is left alone: the old text is shown beside it, never put over it. */
  const putBack = (form, kept) => {
    const field = fieldsOf(form).find(
      (one) => one.name === kept.name && (kept.option === null || one.value === kept.option),
    );
    if (!field || madeWith(field) === kept.value) return "";
    if (madeWith(field) !== kept.base) return "outdated";
    if (isChoice(field)) field.checked = kept.value;
    else field.value = kept.value;
    return "restored";
  };

  const paragraph = (text, className = "") => {
    const line = document.createElement("p");
    line.className = className;
    line.textContent = text;
    return line;
  };

  const tell = (form, outdated) => {
    const notice = document.createElement("div");
    notice.className = outdated.length ? "notice notice--draft is-tone-warning" : "notice notice--draft";
    notice.setAttribute("role", "status");
    if (outdated.length) {
      notice.append(paragraph("Dit is intussen gewijzigd. Uw niet opgeslagen tekst was:"));
      outdated.forEach((text) => notice.append(paragraph(text, "preserve")));
    } else {
      notice.append(paragraph("Uw niet opgeslagen invoer staat hier weer. Controleer en sla op."));
    }
    notice.append(wipeButton(form));
    form.prepend(notice);
  };

  const wipeButton = (form) => {
    const wipe = document.createElement("button");
    wipe.type = "button";
    wipe.className = "utrecht-button utrecht-button--subtle button--small";
    wipe.textContent = "Toch weggooien";
    wipe.addEventListener("click", () => {
      sessionStorage.removeItem(keyOf(form));
      form.reset();
      form.querySelector(".notice--draft").remove();
    });
    return wipe;
  };

  const markSent = (form) => {
    const draft = read(keyOf(form));
    if (draft) write(keyOf(form), { ...draft, sent: true });
  };

  const draftForms = () =>
    all("main form").filter((form, index) => {
      if (form.querySelector("textarea")) form.dataset.draftKey ||= `formulier-${index}`;
      return Boolean(form.dataset.draftKey);
    });

  const start = () => {
    forget((key) => !key.startsWith(own) || read(key).sent);
    draftForms().forEach((form) => {
      restore(form);
      form.addEventListener("input", () => keep(form));
      form.addEventListener("change", () => keep(form));
      form.addEventListener("submit", () => markSent(form));
    });
  };

  if (user) start();
  else keys().forEach((key) => write(key, { ...read(key), sent: false }));
  all("form[data-clear-drafts]").forEach((form) => form.addEventListener("submit", () => forget(() => true)));
})();
