"""Consent, screening, sheets and the plan of one case (consent.urls, plans.urls)."""

TABLE = """
deur                    methode  anon   cm   uh  dir  xcm  gor  grs  xgm  rec  xre  bij,rsk  net  zvh   fg  adm  sup  app
# Toestemming en inzage: alles is gegeven aan de gemeente van herkomst
consent_soon            GET       302  200  200  403  200  403  403  403  403  403  403  403  403  403  403  403  302
consent                 GET       302  200  200  200  404  200  200  404  200  404  404  403  403  403  404  403  302
consent_decide          GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
consent_withdraw_all    GET       302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
consent_withdraw_all    POST      302  302  302  403  404  403  403  404  403  404  404  403  403  403  404  403  302
consent_withdraw        GET       302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
consent_withdraw        POST      302  302  302  403  404  403  403  404  403  404  404  403  403  403  404  403  302
consent_rely            GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
consent_end_reliance    GET       302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
consent_end_reliance    POST      302  302  302  403  404  403  403  404  403  404  404  403  403  403  404  403  302
view-as                 GET       302  200  200  200  404  403  403  404  403  404  404  403  403  403  404  403  302
consent_scan            GET       302  200  200  200  404  403  403  404  403  404  404  403  403  403  404  403  302
consent_scan            POST      302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
consent_scan_file       GET       302  200  200  200  404  403  403  404  403  404  404  403  403  403  404  403  302
consent_declaration     GET       302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
consent_withdrawal      GET       302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
reading_log             GET       302  200  200  200  404  200  200  404  200  404  404  403  200  200  404  403  302
reading_log_print       GET       302  200  200  200  404  200  200  404  200  404  404  403  200  200  404  403  302
# Eerder betrokken: bij een andere zaak, die de PI heeft overgedragen
former_list             GET       302  200  200  200  200  200  200  200  200  200  403  200  200  200  403  403  302
former_case             GET       302  200  200  200  404  404  404  404  404  404  404  404  404  200  404  403  302
former_print            GET       302  200  200  200  404  404  404  404  404  404  404  404  404  200  404  403  302
# Screening en inbreng
screening               GET       302  200  200  200  404  200  200  404  200  404  404  403  403  403  404  403  302
screening_ask           POST      302  302  302  403  404  403  403  404  403  404  404  403  403  403  404  403  302
screening_complete      POST      302  302  302  403  404  403  403  404  403  404  404  403  403  403  404  403  302
screening_instrument    GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
screening_child_check   GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
screening_child_contact GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
screening_domain        GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
contributions           GET       302  200  200  200  404  200  200  404  200  404  404  403  403  403  404  403  302
contributions           POST      302  403  403  403  404  200  200  404  200  404  404  403  403  403  404  403  302
# Termijnen uit de inhoud: de zoektermijn is open voor de gemeente van herkomst
term_begin              GET,POST  302  200  200  403  404  200  200  404  403  404  404  403  403  403  404  403  302
term_settle             GET,POST  302  200  200  403  404  200  404  404  404  404  404  403  403  403  404  403  302
# Informatiebladen: het blad is van de gemeente van herkomst
sheets                  GET       302  200  200  200  404  200  200  404  200  404  404  403  403  403  404  403  302
sheets_finish           POST      302  302  302  403  404  403  403  404  403  404  404  403  403  403  404  403  302
sheet_preview           GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
sheet                   GET       302  200  200  200  404  200  404  404  404  404  404  403  403  403  404  403  302
sheet_print             GET       302  200  200  200  404  200  404  404  404  404  404  403  403  403  404  403  302
# Plan: de actie is van de gemeente van herkomst
plan                    GET       302  200  200  200  404  200  200  404  200  404  404  200  200  403  404  403  302
plan_start              POST      302  302  302  403  404  403  403  404  403  404  404  403  403  403  404  403  302
plan_edit               GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
plan_discuss            GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
plan_react              GET,POST  302  403  403  403  404  200  200  404  200  404  404  403  403  403  404  403  302
plan_version            GET       302  200  200  200  404  200  404  404  404  404  404  404  404  403  404  403  302
plan_print              GET       302  200  200  200  404  403  403  404  403  404  404  403  403  403  404  403  302
plan_print_own          GET       302  200  200  200  404  403  403  404  403  404  404  403  403  403  404  403  302
goal_new                GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
goal_edit               GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
action_new              GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
action_edit             GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
action_close            GET,POST  302  200  200  403  404  200  404  404  404  404  404  404  404  403  404  403  302
# Bijzondere meldingen van de zaak: voor wie in de PI van verblijf de melding doet of leest
case_safety_reports     GET       302  200  200  200  404  403  403  404  403  404  404  403  403  403  404  403  302
case_safety_report_new  GET,POST  302  200  403  403  404  403  403  404  403  404  404  403  403  403  404  403  302
# Notities, netwerk en adressen: de notitie en de persoon zijn van de PI, het antwoord gaat over de gemeente van herkomst
notes                   GET       302  200  200  200  404  200  200  404  200  404  404  403  200  403  404  403  302
note_new                GET       302  200  200  403  404  403  403  404  200  404  404  403  403  403  404  403  302
note_write              GET,POST  302  200  200  403  404  403  403  404  200  404  404  403  403  403  404  403  302
note_edit               GET,POST  302  200  200  403  404  403  403  404  404  404  404  403  403  403  404  403  302
note_kind               GET,POST  302  200  200  403  404  403  403  404  404  404  404  403  403  403  404  403  302
network                 GET       302  200  200  200  404  200  200  404  200  404  404  200  200  403  404  403  302
member_new              GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
member_edit             GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
member_involve          GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
member_decide           GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
member_withdraw         GET       302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
member_withdraw         POST      302  302  302  403  404  403  403  404  403  404  404  403  403  403  404  403  302
addresses               GET       302  200  200  200  404  200  200  404  200  404  404  200  200  403  404  403  302
address_new             GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
address_edit            GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
"""
