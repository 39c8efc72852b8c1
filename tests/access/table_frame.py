"""The frame of a case, lists, messages and the inbox (cases.urls)."""

TABLE = """
deur                methode  anon   cm   uh  dir  xcm  gor  grs  xgm  rec  xre  bij,rsk  net  zvh   fg  adm  sup  app
# Lijsten en werkvoorraad
start               GET       302  200  200  200  200  200  200  200  200  200  302  200  200  302  302  403  302
work                GET       302  200  200  200  200  200  200  200  200  200  403  200  200  403  403  403  302
absences            GET       302  200  200  200  200  200  200  200  200  200  403  200  200  403  403  403  302
absences            POST      302  200  200  403  200  200  200  200  200  200  403  200  200  403  403  403  302
releases            GET       302  200  200  200  200  200  200  200  200  200  403  403  403  403  403  403  302
report              GET       302  200  200  200  200  200  200  200  200  200  403  403  403  200  403  403  302
cases               GET,POST  302  200  200  200  200  200  200  200  200  200  403  200  200  200  403  403  302
# Waarneming: cm is afwezig
end-absence         POST      302  302  302  403  404  404  404  404  404  404  403  404  404  403  403  403  302
# De werkvoorraad als bestand, eigen weergaven (deze is van cm), en zaken aan een collega geven
worklist-file       GET       302  200  200  200  200  200  200  200  200  200  403  200  200  403  403  403  302
views               GET,POST  302  200  200  200  200  200  200  200  200  200  403  200  200  403  403  403  302
change-view         POST      302  302  404  404  404  404  404  404  404  404  403  404  404  403  403  403  302
reassign            GET,POST  302  200  200  403  200  200  200  200  200  200  403  403  403  403  403  403  302
# Detentiemeldingen die bij de PI van verblijf wachten
detention-messages  GET       302  200  200  200  200  403  403  403  403  403  403  403  403  403  200  403  302
retry-message       POST      302  302  302  403  404  403  403  403  403  403  403  403  403  403  403  403  302
settle-message      GET,POST  302  200  200  403  404  403  403  403  403  403  403  403  403  403  403  403  302
# Berichten: het bericht is van cm
inbox               GET       302  200  200  200  200  200  200  200  200  200  200  200  200  200  200  403  302
inbox-read          POST      302  302  302  302  302  302  302  302  302  302  302  302  302  302  302  403  302
message-read        POST      302  302  404  404  404  404  404  404  404  404  404  404  404  404  404  403  302
message-wishes      GET       302  200  200  200  200  200  200  200  200  200  200  200  200  200  200  403  302
message-wishes      POST      302  302  302  302  302  302  302  302  302  302  302  302  302  302  302  403  302
open-message        POST      302  302  404  404  404  404  404  404  404  404  404  404  404  404  404  403  302
# Weekoverzicht, en post die niet aankomt
week                GET       302  403  200  403  403  200  200  200  200  200  403  403  403  403  403  403  302
delivery            GET       302  403  403  403  403  403  403  403  403  403  403  403  403  403  200  403  302
send-again          POST      302  403  403  403  403  403  403  403  403  403  403  403  403  403  302  403  302
settle-delivery     POST      302  403  403  403  403  403  403  403  403  403  403  403  403  403  302  403  302
# Noodtoegang: het gebruik is van cm
emergency           GET,POST  302  200  200  200  200  200  200  200  200  200  403  200  200  403  403  403  302
emergency-uses      GET       302  403  403  403  403  403  403  403  403  403  403  403  403  200  403  403  302
emergency-seen      POST      302  403  403  403  403  403  403  403  403  403  403  403  403  302  403  403  302
# Een zaak
case                GET       302  200  200  200  404  200  200  404  200  404  404  200  200  403  404  403  302
case-terms          GET       302  200  200  200  404  200  200  404  200  404  404  403  403  403  404  403  302
case-history        GET       302  200  200  200  404  200  200  404  200  404  404  403  403  403  404  403  302
assign-worker       GET,POST  302  200  200  403  404  200  200  404  200  404  404  403  403  403  404  403  302
involve-partner     GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
involve-probation   GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
end-involvement     GET,POST  302  200  200  403  404  404  404  404  200  404  404  404  404  403  404  403  302
shielding           GET,POST  302  200  200  200  404  200  200  404  200  404  404  403  403  403  404  403  302
lift-shield         GET,POST  302  302  302  302  404  302  302  404  302  404  404  403  403  403  404  403  302
unname              POST      302  302  302  302  404  404  404  404  404  404  404  403  403  403  404  403  302
choose-resettlement GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
set-origin          GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
# Fase, en een termijn die stilstaat: de screening is een termijn van de PI
phase               GET       302  200  200  200  404  403  403  404  403  404  404  403  403  403  404  403  302
record-phase        GET,POST  302  200  200  403  404  403  403  404  403  404  404  403  403  403  404  403  302
suspend-term        GET,POST  302  200  200  403  404  404  404  404  404  404  404  404  404  404  404  403  302
resume-term         GET       302  200  200  403  404  404  404  404  404  404  404  404  404  404  404  403  302
resume-term         POST      302  302  302  403  404  404  404  404  404  404  404  404  404  404  404  403  302
decide-suspension   GET,POST  302  403  200  403  404  404  404  404  404  404  404  404  404  404  404  403  302
finish-task         GET       302  200  200  403  404  404  404  404  404  404  404  404  404  403  404  403  302
finish-task         POST      302  302  302  403  404  404  404  404  404  404  404  404  404  403  404  403  302
"""
