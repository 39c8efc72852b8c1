"""Meetings: the gemeente of origin and the netwerkpartner are invited to the item of the case (meetings.urls)."""

TABLE = """
deur                        methode  anon   cm   uh  dir  xcm  gor  grs  xgm  rec  xre  bij,rsk  net  zvh   fg  adm  sup  app
# Overleggen
meetings                    GET       302  200  200  200  200  200  200  200  200  200  403  200  200  403  403  403  302
meeting_plan                GET,POST  302  200  200  403  200  403  403  403  403  403  403  403  403  403  403  403  302
case_meetings               GET       302  200  200  200  404  200  200  404  200  404  404  200  200  403  404  403  302
# Een overleg
meeting                     GET       302  200  200  200  404  200  404  404  404  404  403  200  404  403  403  403  302
meeting_change              GET,POST  302  200  200  403  404  403  404  404  404  404  403  403  404  403  403  403  302
meeting_cancel              GET,POST  302  200  200  403  404  403  404  404  404  404  403  403  404  403  403  403  302
meeting_hold                GET,POST  302  403  200  403  404  403  404  404  404  404  403  403  404  403  403  403  302
meeting_agenda_pdf          GET       302  200  200  200  404  200  404  404  404  404  403  200  404  403  403  403  302
meeting_minutes_pdf         GET       302  200  200  200  404  200  404  404  404  404  403  200  404  403  403  403  302
meeting_ics                 GET       302  200  200  200  404  200  404  404  404  404  403  200  404  403  403  403  302
# Een agendapunt
meeting_item_add            POST      302  200  200  403  404  403  404  404  404  404  403  403  404  403  403  403  302
meeting_items_add           POST      302  302  302  403  404  403  404  404  404  404  403  403  404  403  403  403  302
meeting_item                GET       302  200  200  200  404  403  404  404  404  404  403  403  404  403  403  403  302
meeting_item_change         POST      302  200  200  403  404  403  404  404  404  404  403  403  404  403  403  403  302
meeting_item_move           POST      302  302  302  403  404  403  404  404  404  404  403  403  404  403  403  403  302
meeting_item_remove         POST      302  302  302  403  404  403  404  404  404  404  403  403  404  403  403  403  302
meeting_invite              POST      302  200  200  403  404  403  404  404  404  404  403  403  404  403  403  403  302
meeting_invitation_withdraw POST      302  302  302  403  404  403  404  404  404  404  403  403  404  403  403  403  302
meeting_decide              POST      302  200  200  403  404  403  404  404  404  404  403  403  404  403  403  403  302
meeting_decision_drop       POST      302  302  302  403  404  403  404  404  404  404  403  403  404  403  403  403  302
meeting_answer              POST      302  403  403  403  404  302  404  404  404  404  403  404  404  403  403  403  302
"""
