"""The pages of plans."""

from django.urls import URLPattern, URLResolver, include, path

from plans.views import (
    addresses,
    contributions,
    goals,
    instruments,
    network,
    notes,
    plan,
    report_new,
    reports,
    screening,
    sheets,
    terms,
)

SCREENING: list[URLPattern | URLResolver] = [
    path("", screening.overview, name="screening"),
    path("informatie-vragen/", screening.ask, name="screening_ask"),
    path("afronden/", screening.complete, name="screening_complete"),
    path("instrumenten/<slug:instrument>/", instruments.instrument, name="screening_instrument"),
    path("kind-check/", instruments.child_check, name="screening_child_check"),
    path("kind-check/contact/", instruments.child_contact, name="screening_child_contact"),
    path("<slug:domein>/", screening.domain, name="screening_domain"),
]

SHEETS: list[URLPattern | URLResolver] = [
    path("", sheets.overview, name="sheets"),
    path("afronden/", sheets.finish, name="sheets_finish"),
    path("voorbeeld/<uuid:organisation>/", sheets.preview, name="sheet_preview"),
    path("<uuid:sheet>/", sheets.sheet, name="sheet"),
    path("<uuid:sheet>/blad.pdf", sheets.sheet_print, name="sheet_print"),
]

PLAN: list[URLPattern | URLResolver] = [
    path("", plan.plan, name="plan"),
    path("beginnen/", plan.start, name="plan_start"),
    path("interne-delen/", plan.edit, name="plan_edit"),
    path("bespreken/", plan.discuss, name="plan_discuss"),
    path("reactie/", plan.react, name="plan_react"),
    path("versies/<int:number>/", plan.version, name="plan_version"),
    path("plan.pdf", plan.plan_print, name="plan_print"),
    path("mijn-plan.pdf", plan.own_plan_print, name="plan_print_own"),
    path("doelen/nieuw/", goals.new_goal, name="goal_new"),
    path("doelen/<uuid:goal>/", goals.edit_goal, name="goal_edit"),
    path("acties/nieuw/", goals.new_action, name="action_new"),
    path("acties/<uuid:action>/", goals.edit_action, name="action_edit"),
    path("acties/<uuid:action>/afdoen/", goals.close, name="action_close"),
]

REPORTS: list[URLPattern | URLResolver] = [
    path("", reports.reports, name="safety_reports"),
    path("nieuw/", report_new.new_risk, name="safety_report_new"),
    path("<uuid:report>/", reports.report, name="safety_report"),
    path("<uuid:report>/maatregelen/", reports.measures, name="safety_report_measures"),
    path("<uuid:report>/melding.pdf", reports.report_print, name="safety_report_print"),
    path("<uuid:report>/terughalen/", reports.recall, name="safety_report_recall"),
]

NOTES: list[URLPattern | URLResolver] = [
    path("", notes.overview, name="notes"),
    path("nieuw/", notes.choose_kind, name="note_new"),
    path("nieuw/<slug:soort>/", notes.write, name="note_write"),
    path("<uuid:note>/", notes.edit, name="note_edit"),
    path("<uuid:note>/soort/", notes.reclassify, name="note_kind"),
]

NETWORK: list[URLPattern | URLResolver] = [
    path("", network.overview, name="network"),
    path("nieuw/", network.new_member, name="member_new"),
    path("<uuid:member>/", network.edit_member, name="member_edit"),
    path("<uuid:member>/actie/", network.involve, name="member_involve"),
    path("<uuid:member>/toestemming/<uuid:organisation>/", network.decide, name="member_decide"),
    path(
        "<uuid:member>/toestemming/<uuid:organisation>/intrekken/", network.take_back, name="member_withdraw"
    ),
]

ADDRESSES: list[URLPattern | URLResolver] = [
    path("", addresses.overview, name="addresses"),
    path("nieuw/", addresses.new_address, name="address_new"),
    path("<uuid:address>/", addresses.edit_address, name="address_edit"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("zaken/<uuid:pk>/screening/", include(SCREENING)),
    path("zaken/<uuid:pk>/inbreng/", contributions.contributions, name="contributions"),
    path("zaken/<uuid:pk>/informatiebladen/", include(SHEETS)),
    path("zaken/<uuid:pk>/plan/", include(PLAN)),
    path("zaken/<uuid:pk>/termijnen/beginnen/", terms.begin, name="term_begin"),
    path("zaken/<uuid:pk>/termijnen/<uuid:term>/afdoen/", terms.settle, name="term_settle"),
    path("zaken/<uuid:pk>/bijzondere-meldingen/", report_new.case_reports, name="case_safety_reports"),
    path("zaken/<uuid:pk>/bijzondere-meldingen/nieuw/", report_new.new_bij, name="case_safety_report_new"),
    path("bijzondere-meldingen/", include(REPORTS)),
    path("zaken/<uuid:pk>/notities/", include(NOTES)),
    path("zaken/<uuid:pk>/netwerk/", include(NETWORK)),
    path("zaken/<uuid:pk>/adressen/", include(ADDRESSES)),
]
